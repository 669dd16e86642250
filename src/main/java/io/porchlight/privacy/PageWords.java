package io.porchlight.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The words of the pages, from {@code templates/privacy/words.properties} and its translations. */
@Component
class PageWords {

    private static final String FILE = "/templates/privacy/words";

    private final Map<String, Map<String, String>> read = new ConcurrentHashMap<>();

    /** The language itself if the pages speak it, else English. */
    static Locale spoken(Locale wanted) {
        return translated(wanted.getLanguage()) ? wanted : Locale.ENGLISH;
    }

    /** Whether there are words in this language; English is what the others are translated from. */
    static boolean speak(Locale wanted) {
        return wanted.getLanguage().equals(Locale.ENGLISH.getLanguage()) || translated(wanted.getLanguage());
    }

    /** The direction of writing, as HTML names it. */
    static String direction(Locale language) {
        return language.getLanguage().equals("ar") ? "rtl" : "ltr";
    }

    /** All words in a language, with the brand's name filled in; English where there is no translation. */
    Map<String, String> in(Locale language, String brand) {
        var filled = new TreeMap<String, String>();
        words(language)
                .forEach(
                        (key, word) -> filled.put(key, new MessageFormat(word, language).format(new Object[] {brand})));
        return filled;
    }

    Map<String, String> words(Locale language) {
        return read.computeIfAbsent(language.getLanguage(), PageWords::load);
    }

    private static Map<String, String> load(String language) {
        var words = new Properties();
        String name = FILE + (translated(language) ? "_" + language : "") + ".properties";
        try (var file = PageWords.class.getResourceAsStream(name)) {
            words.load(new InputStreamReader(Objects.requireNonNull(file, FILE), UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        var all = new TreeMap<String, String>();
        words.stringPropertyNames().forEach(key -> all.put(key, words.getProperty(key)));
        return all;
    }

    private static boolean translated(String language) {
        return PageWords.class.getResource(FILE + "_" + language + ".properties") != null;
    }
}
