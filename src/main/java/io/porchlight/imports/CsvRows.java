package io.porchlight.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with a header (RFC 4180), as spreadsheets write it: with commas, semicolons or tabs. Rows are numbered as a
 * spreadsheet does: the header is row 1, and a cell with line breaks makes no further row.
 */
class CsvRows implements Rows {

    private static final int LONGEST_HEADER = 64 * 1024;
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

    private final Bounded text;
    private final MappingIterator<String[]> rows;
    private final Columns columns;
    private long number;

    CsvRows(InputStream in, ObjectMapper json) throws IOException {
        try {
            var reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), LONGEST_HEADER);
            char separator = separator(reader);
            text = new Bounded(reader);
            rows = CSV.readerFor(String[].class)
                    .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                    .readValues(text);
            String[] header = read();
            if (header == null) {
                throw new Unreadable("The file is empty");
            }
            columns = Columns.of(Arrays.asList(header), json);
        } catch (CharacterCodingException noText) {
            throw notUtf8(0);
        }
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            for (String[] cells = read(); cells != null; cells = read()) {
                var filled = List.of(cells);
                if (filled.stream().anyMatch(cell -> !cell.isBlank())) {
                    return columns.row(number, filled);
                }
            }
            return null;
        } catch (CharacterCodingException noText) {
            throw notUtf8(number);
        } catch (JsonProcessingException broken) {
            throw new Unreadable(
                    "After row " + number + " the file is no CSV: a quotation mark may be missing or too many");
        }
    }

    private String @Nullable [] read() throws IOException {
        text.begin();
        if (!rows.hasNextValue()) {
            return null;
        }
        number++;
        return rows.nextValue();
    }

    private static Unreadable notUtf8(long after) {
        return new Unreadable("After row " + after
                + " the file is not UTF-8. In a spreadsheet choose \"CSV UTF-8\" when you save it.");
    }

    /** The one of the three that the header has most of; a byte order mark is skipped on the way. */
    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        reader.mark(LONGEST_HEADER);
        char[] start = new char[LONGEST_HEADER - 1];
        int length = Math.max(0, reader.read(start));
        reader.reset();
        String header = new String(start, 0, length).lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            best = count(header, candidate) > count(header, best) ? candidate : best;
        }
        return best;
    }

    private static long count(String header, char separator) {
        return header.chars().filter(one -> one == separator).count();
    }

    /** Ends a row that does not end: a missing quotation mark makes one row of the rest of the file. */
    private static class Bounded extends FilterReader {

        private long read;

        Bounded(Reader text) {
            super(text);
        }

        void begin() {
            read = 0;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            if (read > LONGEST) {
                throw new Unreadable(
                        "A row is longer than " + LONGEST / 1024 / 1024 + " MiB: a quotation mark may be missing");
            }
            int some = super.read(into, offset, length);
            read += Math.max(0, some);
            return some;
        }
    }
}
