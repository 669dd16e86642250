package io.porchlight.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** The broker's part of Porchlight's home: its data, its log, and the marker that tells one life of the data from the next. */
record BrokerHome(Path home) {

    private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more)");

    /** Makes the folders, and puts the log of the previous run aside. */
    void prepare() throws IOException {
        Files.createDirectories(data());
        // A broker that was killed leaves 30 MB of unpacked libraries here each time.
        FileSystemUtils.deleteRecursively(temporary());
        Files.createDirectories(temporary());
        if (Files.exists(log())) {
            Files.move(log(), folder().resolve("broker.previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    Path folder() {
        return home.resolve("broker");
    }

    Path data() {
        return folder().resolve("data");
    }

    Path temporary() {
        return folder().resolve("tmp");
    }

    Path log() {
        return folder().resolve("broker.log");
    }

    /** Reads the epoch of the data, or makes one: data that were thrown away took their marker with them. */
    String epoch() throws IOException {
        var marker = data().resolve("engine-epoch");
        if (!Files.exists(marker)) {
            var draft = data().resolve("engine-epoch.new");
            Files.writeString(
                    draft,
                    UUID.randomUUID().toString(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(draft, marker, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(marker).strip();
    }

    /** What the broker wrote since it was started; empty when nothing can be read. */
    String written() {
        try {
            return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The last lines of the log that a person would read. */
    String lastLines() {
        var lines = written()
                .lines()
                .filter(line -> !line.isBlank() && !STACK_FRAME.matcher(line).lookingAt())
                .toList();
        return lines.subList(Math.max(0, lines.size() - 6), lines.size()).stream()
                .map(line -> line.substring(0, Math.min(200, line.length())))
                .collect(Collectors.joining("\n"));
    }
}
