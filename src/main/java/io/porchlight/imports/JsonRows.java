package io.porchlight.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON object a line (NDJSON). A line that is none is refused by itself: the next one begins after the line break. */
class JsonRows implements Rows {

    private static final String BODY = "body";

    private final InputStream in;
    private final ObjectMapper json;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean ended;

    JsonRows(InputStream in, ObjectMapper json) {
        this.in = in;
        this.json = json;
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (!ended) {
            boolean whole = readLine();
            if (!whole) {
                return Row.wrong(number, BODY, "is longer than " + LONGEST / 1024 / 1024 + " MiB");
            }
            if (line.size() > 0) {
                var row = parse(line.toByteArray());
                if (row != null) {
                    return row;
                }
            }
        }
        return null;
    }

    /** Whether the line fits; one that does not is skipped up to its end. */
    private boolean readLine() throws IOException {
        line.reset();
        number++;
        boolean fits = true;
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                ended = true;
                break;
            }
            fits = fits && line.size() < LONGEST;
            if (fits) {
                line.write(one);
            }
        }
        return fits;
    }

    private @Nullable Row parse(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String marked = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
            if (marked.isBlank()) {
                return null;
            }
            return json.readTree(marked) instanceof ObjectNode content
                    ? Row.of(number, bytes.length, content)
                    : Row.wrong(number, BODY, "must be one JSON object");
        } catch (CharacterCodingException noText) {
            return Row.wrong(number, BODY, "must be written in UTF-8");
        } catch (JsonProcessingException broken) {
            var where = broken.getLocation();
            return Row.wrong(
                    number,
                    BODY,
                    "must be one JSON object"
                            + (where == null ? "" : "; look near character " + Math.max(1, where.getColumnNr())));
        }
    }
}
