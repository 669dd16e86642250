package io.porchlight.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the long tests did and found, on the console and in a file. */
final class Report {

    private static final Path FILE = Path.of("target/chaos/report.txt");

    private static final List<String> LINES = new CopyOnWriteArrayList<>();

    private Report() {}

    static void sumUp() {
        if (!LINES.isEmpty()) {
            System.out.println(
                    "What was broken, and what came of it (also in " + FILE + "):\n" + String.join("", LINES));
        }
    }

    static synchronized void tell(String line) {
        String told = Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line + "\n";
        System.out.print(told);
        LINES.add(told);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, told, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
