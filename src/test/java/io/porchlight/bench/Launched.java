package io.porchlight.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.RunningPorchlight;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged application as people run it, with its broker, in processes of their own. */
final class Launched implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JAR = System.getProperty("bench.jar", "target/porchlight.jar");
    private static final Pattern ALLOCATED =
            Pattern.compile("^jvm_gc_memory_allocated_bytes_total\\S* (\\S+)", Pattern.MULTILINE);

    private final Path home;
    private final int port = RunningPorchlight.freePort();
    private final int grpcPort = RunningPorchlight.freePort();
    private final List<String> arguments;
    private Process process;
    private long startedAt;

    Launched(Path home, int smtpPort, List<String> more) throws IOException {
        this.home = home.toAbsolutePath();
        this.arguments = new ArrayList<>(List.of(
                "--porchlight.home=" + this.home,
                "--server.port=" + port,
                "--porchlight.engine.grpc-port=" + grpcPort,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + smtpPort,
                "--porchlight.story.enabled=false"));
        arguments.addAll(more);
        process = launch();
    }

    private Process launch() throws IOException {
        startedAt = System.nanoTime();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("bench.heap", "512m"),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + JAR.replace(".jar", ".aot")));
        for (String flag : System.getProperty("bench.jvm", "").split(" ", -1)) {
            if (!flag.isBlank()) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-jar", JAR));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolveSibling(home.getFileName() + ".log").toFile()))
                .start();
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    int grpcPort() {
        return grpcPort;
    }

    /** When it was started last, by {@link System#nanoTime()}. */
    long startedAt() {
        return startedAt;
    }

    long pid() {
        return process.pid();
    }

    long brokerPid() {
        return broker().pid();
    }

    private ProcessHandle broker() {
        return ProcessHandle.allProcesses()
                .filter(handle ->
                        handle.info().commandLine().orElse("").contains("-Dporchlight.home=" + home + " -Dapp.name"))
                .findFirst()
                .orElseThrow();
    }

    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (status("/actuator/health/readiness") != 200) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("Porchlight does not start, see " + home + ".log");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Ends both processes as a power failure would, and starts the application again. */
    void startAgain() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new AssertionError("Porchlight does not stop");
        }
        process = launch();
    }

    JsonNode order(String id) throws IOException {
        var connection = open("/api/orders/bottega/" + id);
        try (var in = connection.getInputStream()) {
            return JSON.readTree(in);
        }
    }

    /** What its heap has given out since its start, in kilobytes; it counts at each of its collections. */
    double allocatedKb() throws IOException {
        try (var in = open("/actuator/prometheus").getInputStream()) {
            var found = ALLOCATED.matcher(new String(in.readAllBytes(), UTF_8));
            if (!found.find()) {
                throw new AssertionError("There is no jvm_gc_memory_allocated_bytes_total among the metrics");
            }
            return Double.parseDouble(found.group(1)) / 1024;
        }
    }

    private int status(String path) {
        try {
            return open(path).getResponseCode();
        } catch (IOException notYet) {
            return -1;
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer local-development-key");
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(20_000);
        return connection;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                requireNonNull(process.destroyForcibly());
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        ProcessHandle.allProcesses()
                .filter(handle ->
                        handle.info().commandLine().orElse("").contains("-Dporchlight.home=" + home + " -Dapp.name"))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
