package io.porchlight;

import static java.net.http.HttpResponse.BodyHandlers.ofString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The packaged application in a process of its own, as people run it: it can be killed and started again. */
public final class RunningPorchlight implements AutoCloseable {

    private static final Path JAR = Path.of("target/porchlight.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path home;
    private final int port;
    private final List<String> program;
    private final List<String> arguments;
    private Process process;

    private RunningPorchlight(Path home, List<String> program, List<String> arguments) throws IOException {
        this.home = home;
        this.port = freePort();
        this.program = program;
        this.arguments = arguments;
        this.process = launch();
    }

    /** One as people start it. */
    public static RunningPorchlight asInstalled(Path home, List<String> arguments) throws IOException {
        return new RunningPorchlight(home, List.of("-jar", JAR.toString()), arguments);
    }

    /** One that starts as fast as it can, for tests that start it many times. */
    public static RunningPorchlight inAHurry(Path home, List<String> arguments) throws IOException {
        var all = new ArrayList<>(arguments);
        all.add("--porchlight.engine.java=" + javaInAHurry());
        return new RunningPorchlight(home, InAHurry.program(JAR), all);
    }

    /** What runs a broker that starts as fast as it can. */
    public static Path javaInAHurry() {
        try {
            return InAHurry.java();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Below what systems hand to outgoing connections: whoever starts again there finds it still free. */
    public static int freePort() {
        return IntStream.iterate(ThreadLocalRandom.current().nextInt(12_000, 19_000), port -> port + 1)
                .filter(RunningPorchlight::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    private Process launch() throws IOException {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(program);
        command.addAll(List.of("--porchlight.home=" + home, "--server.port=" + port));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    public String told() throws IOException {
        return Files.readString(log());
    }

    /** Ends the application as a power failure would; its broker lives on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it in the middle of whatever it does, as a hypervisor may, until it is woken. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on as if nothing had happened. */
    public void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Asks it to end, as Ctrl-C and {@code kill} do, and tells how it ended. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Porchlight did not stop within a minute");
        }
        return process.exitValue();
    }

    public void startAgain() throws IOException {
        process = launch();
    }

    /** The broker processes of this home. */
    List<ProcessHandle> brokers() {
        String mark = "-Dporchlight.home=" + home;
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info()
                        .arguments()
                        .map(all -> List.of(all).contains(mark))
                        .orElse(false))
                .toList();
    }

    /** Ends the broker as a power failure would; the application starts it again. */
    public void killBroker() {
        brokers().forEach(broker -> {
            broker.destroyForcibly();
            broker.onExit().join();
        });
    }

    public boolean readyForOrders() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public void awaitReadyForOrders() {
        await("Porchlight is ready for orders", this::readyForOrders);
    }

    private java.net.http.HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    JsonNode order(String orderId) throws IOException {
        return JSON.readTree(get("/api/orders/bottega/" + orderId).body());
    }

    /** Posts as a careful sender does: again and again until there is an answer. */
    public int post(String path, String body) {
        return until(PATIENCE, () -> {
            try {
                var request = HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
                return send(request).statusCode();
            } catch (IOException away) {
                return null;
            }
        });
    }

    private java.net.http.HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.header("Authorization", "Bearer " + key())
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    ofString());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String key() {
        String setting = "--porchlight.brands.bottega.api-keys=";
        return arguments.stream()
                .filter(argument -> argument.startsWith(setting))
                .map(argument -> argument.substring(setting.length()))
                .findFirst()
                .orElse("local-development-key");
    }

    /** Where it listens. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public static void await(String what, BooleanSupplier condition) {
        try {
            until(PATIENCE, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
        } catch (IllegalStateException late) {
            throw new AssertionError("In vain we waited until " + what, late);
        }
    }

    private static <T> T until(Duration patience, Supplier<@org.jspecify.annotations.Nullable T> probe) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            var found = probe.get();
            if (found != null) {
                return found;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        throw new IllegalStateException("not within " + patience);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        killBroker();
    }
}
