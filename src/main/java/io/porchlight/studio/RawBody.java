package io.porchlight.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * A body for the eye.
 *
 * @param head its first lines
 * @param rest what is folded away; empty when all of it is short enough
 * @param restLines how many lines are folded away
 * @param cut it is so long that only its beginning is shown
 */
record RawBody(String head, String rest, int restLines, boolean cut) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
            .build();
    private static final int SHOWN_LINES = 30;
    private static final int SHOWN_CHARACTERS = 200_000;

    static RawBody of(String body) {
        String pretty = pretty(body);
        boolean cut = pretty.length() > SHOWN_CHARACTERS;
        List<String> lines =
                (cut ? pretty.substring(0, SHOWN_CHARACTERS) : pretty).lines().toList();
        int shown = Math.min(SHOWN_LINES, lines.size());
        return new RawBody(
                String.join("\n", lines.subList(0, shown)),
                String.join("\n", lines.subList(shown, lines.size())),
                lines.size() - shown,
                cut);
    }

    private static String pretty(String body) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(body));
        } catch (JsonProcessingException asItCame) {
            return body;
        }
    }
}
