package io.porchlight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The packaged application, its classes loaded and linked once for all: it starts in less than half the time. */
final class InAHurry {

    private static final Path FOLDER = Path.of("target/in-a-hurry");
    private static final String CLASSES = FOLDER.resolve("classes.aot").toString();
    private static final String QUICKLY = "-XX:TieredStopAtLevel=1";

    /** Once in each JVM: the jar's own time says nothing, it is the same in every build. */
    private static boolean preparedNow;

    private InAHurry() {}

    /** What {@code java} is to run. */
    static synchronized List<String> program(Path jar) throws IOException {
        var program = List.of("-jar", jar.toString());
        if (!preparedNow) {
            FileSystemUtils.deleteRecursively(FOLDER);
            Files.createDirectories(FOLDER);
            run(training(program));
            preparedNow = true;
        }
        return with(List.of(QUICKLY, "-XX:AOTCache=" + CLASSES), program);
    }

    /** A {@code java} for brokers that live for a minute: none of their code runs often enough to be worth optimising. */
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

    /** A run that needs nothing and ends when everything is wired; what it has loaded is kept. */
    private static List<String> training(List<String> program) {
        return with(
                List.of(QUICKLY, "-XX:AOTCacheOutput=" + CLASSES, "-Xlog:aot=off", "-Dspring.context.exit=onRefresh"),
                with(
                        program,
                        List.of(
                                "--porchlight.home=" + FOLDER,
                                "--porchlight.secret=only-to-load-the-classes-only-to-load",
                                "--porchlight.engine.mode=remote",
                                "--porchlight.brands.bottega.api-keys=only-to-load-the-classes",
                                "--camunda.client.grpc-address=http://127.0.0.1:1",
                                "--camunda.client.rest-address=http://127.0.0.1:1",
                                "--spring.mail.host=127.0.0.1",
                                "--spring.datasource.url=jdbc:h2:mem:classes;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE")));
    }

    private static List<String> with(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static void run(List<String> arguments) throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        try {
            var process = new ProcessBuilder(with(List.of(java, RunningPorchlight.NATIVE_ACCESS), arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolveSibling("in-a-hurry.log").toFile())
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("Cannot prepare the classes, see target/in-a-hurry.log");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
