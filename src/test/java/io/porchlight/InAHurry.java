package io.porchlight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** How to start what lives for a minute: none of its code runs often enough to be worth optimising. */
final class InAHurry {

    private static final String QUICKLY = "-XX:TieredStopAtLevel=1";

    private InAHurry() {}

    /** What {@code java} is to run; it learned the jar when the jar was made, and a start fails if it does not know it again. */
    static List<String> program(Path jar) {
        return List.of(
                QUICKLY,
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + jar.toString().replace(".jar", ".aot"),
                "-jar",
                jar.toString());
    }

    /** A {@code java} for brokers. */
    static synchronized Path java() throws IOException {
        var script = Path.of("target/java-in-a-hurry").toAbsolutePath();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.createDirectories(script.getParent());
        var draft = Files.createTempFile(script.getParent(), "java-in-a-hurry", ".sh");
        Files.writeString(draft, "#!/bin/sh\nexec '" + java + "' " + QUICKLY + " \"$@\"\n");
        if (!draft.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + draft + " executable");
        }
        Files.move(draft, script, StandardCopyOption.ATOMIC_MOVE);
        return script;
    }
}
