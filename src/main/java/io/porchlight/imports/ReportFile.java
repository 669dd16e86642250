package io.porchlight.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The report of a reading as a table, one row a line of the file; written piece by piece, however long it is. */
@Component
public class ReportFile {

    private static final int AT_ONCE = 1_000;
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();
    private static final CsvSchema TABLE = CsvSchema.builder()
            .addColumns(
                    List.of("line", "outcome", "orderId", "milestoneId", "field", "reason"),
                    CsvSchema.ColumnType.STRING)
            .build()
            .withHeader();

    private final Imports imports;

    ReportFile(Imports imports) {
        this.imports = imports;
    }

    /** Writes what became of each line, in the order of the file. */
    public void write(String id, OutputStream out) throws IOException {
        try (var table = CSV.writer(TABLE).writeValues(out)) {
            long after = 0;
            for (var lines = imports.lines(id, after, null, AT_ONCE);
                    !lines.isEmpty();
                    lines = imports.lines(id, after, null, AT_ONCE)) {
                for (var line : lines) {
                    table.write(cells(line));
                }
                after = lines.getLast().line();
            }
            if (after == 0) {
                out.write("line,outcome,orderId,milestoneId,field,reason\n".getBytes(UTF_8));
            }
        }
    }

    private static List<String> cells(ImportedLine line) {
        return List.of(
                String.valueOf(line.line()),
                line.outcome().name().toLowerCase(Locale.ROOT),
                harmless(line.orderId()),
                harmless(line.milestoneId()),
                harmless(line.field()),
                harmless(line.reason()));
    }

    /** A spreadsheet would take a cell for a formula (OWASP, "CSV Injection"). */
    private static String harmless(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return "";
        }
        return "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }
}
