package io.porchlight.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private static final Pattern USED = Pattern.compile("#\\{([a-z.-]+)");

    @ParameterizedTest
    @CsvSource({"page, it", "page, de", "page, ar", "sorry, it", "sorry, de", "sorry, ar"})
    void everyLanguageSaysEverything(String page, String language) throws IOException {
        var english = words(page + ".properties");
        var other = words(page + "_" + language + ".properties");

        assertThat(other.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        assertThat(other).allSatisfy((key, text) -> {
            assertThat(placeholders(text))
                    .as("placeholders of " + key)
                    .isEqualTo(placeholders(english.getProperty(key.toString(), "")));
            assertThat(text.toString()).as("text of " + key).isNotBlank().doesNotContain("'");
        });
    }

    @ParameterizedTest
    @CsvSource({"page, page", "shared, page", "keepsake, page", "lost, page", "sorry, sorry"})
    void everyWordThatThePageUsesExists(String page, String words) throws IOException {
        var template = Files.readString(Path.of("templates/tracking", page + ".html"));

        assertThat(USED.matcher(template).results().map(found -> found.group(1)))
                .isSubsetOf(words(words + ".properties").stringPropertyNames());
    }

    private static long placeholders(Object text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text.toString())
                .results()
                .distinct()
                .count();
    }

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        try (var in = Files.newBufferedReader(Path.of("templates/tracking", file))) {
            words.load(in);
        }
        return words;
    }
}
