package io.porchlight.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.models.JourneyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that marketers edit, as they lie in the repository. */
final class JourneyFiles {

    private JourneyFiles() {}

    static List<Path> list(String folder, String ending) throws IOException {
        try (var files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> bpmn() throws IOException {
        return list("bpmn", ".bpmn");
    }

    static String name(Path file, String ending) {
        return file.getFileName().toString().replace(ending, "");
    }

    static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the models say, with their translations. */
    static Stream<JourneyModel> models() {
        try {
            return bpmn().stream().map(JourneyFiles::model);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JourneyModel model(Path file) {
        try {
            var translations = new TreeMap<String, Map<String, String>>();
            for (var translated : list("bpmn", ".properties")) {
                if (translated.getFileName().toString().startsWith(name(file, ".bpmn") + "_")) {
                    var words = new java.util.Properties();
                    words.load(new java.io.StringReader(text(translated)));
                    var texts = new TreeMap<String, String>();
                    words.stringPropertyNames().forEach(key -> texts.put(key, words.getProperty(key)));
                    translations.put(name(translated, ".properties").replaceAll(".*_", ""), texts);
                }
            }
            return new ModelReader(file.getFileName().toString(), text(file).getBytes(UTF_8)).read(translations);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
