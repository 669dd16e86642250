package io.porchlight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** The packaged application, unpacked, and if somebody took the trouble with its classes prepared: it starts in half the time. */
public final class InAHurry {

    private static final Path FOLDER = Path.of("target/in-a-hurry");
    private static final Path CLASSES = FOLDER.resolve("classes.jsa").toAbsolutePath();

    /** Once in each JVM: the jar's own time says nothing, it is the same in every build. */
    private static boolean unpackedNow;

    private InAHurry() {}

    /** What {@code java} is to run. */
    static synchronized List<String> program(Path jar) throws IOException {
        if (!unpackedNow) {
            FileSystemUtils.deleteRecursively(FOLDER);
            unpack(jar);
            unpackedNow = true;
        }
        var program = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        if (Files.exists(CLASSES)) {
            program.add("-XX:SharedArchiveFile=" + CLASSES);
        }
        program.addAll(List.of("-jar", FOLDER.resolve(jar.getFileName()).toString()));
        return program;
    }

    /** Prepares the classes by one run that is stopped when it is ready; worth its minute when many runs follow. */
    public static void prepareClasses(Path home, List<String> arguments, Consumer<RunningPorchlight> untilReady)
            throws IOException, InterruptedException {
        if (Files.exists(CLASSES)) {
            return;
        }
        var first = new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + CLASSES));
        first.addAll(program(Path.of("target/porchlight.jar")));
        try (var run = RunningPorchlight.running(home, first, arguments)) {
            untilReady.accept(run);
            run.stop();
        }
    }

    private static void unpack(Path jar) throws IOException {
        try {
            var process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--destination",
                            FOLDER.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("Cannot unpack " + jar);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(stopped));
        }
    }
}
