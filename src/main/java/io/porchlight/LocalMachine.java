package io.porchlight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Fills in what a newcomer's machine needs and nobody configured, so that one command starts everything. */
final class LocalMachine implements EnvironmentPostProcessor, Ordered {

    private static final String HOME = "porchlight.home";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var sources = environment.getPropertySources();
        var home = Path.of(environment.getProperty(HOME, ".porchlight"));
        var absolute = home.toAbsolutePath().normalize().toString();
        sources.addFirst(new MapPropertySource("porchlight home", Map.of(HOME, absolute)));
        if (environment.getProperty("porchlight.engine.mode", "local").equalsIgnoreCase("local")) {
            SyncedFiles.register();
            var defaults = defaults(environment);
            if (!environment.containsProperty("porchlight.secret")) {
                defaults.put("porchlight.secret", secret(Path.of(absolute, "secret")));
            }
            sources.addLast(new MapPropertySource("local machine", defaults));
        }
    }

    private static Map<String, Object> defaults(ConfigurableEnvironment environment) {
        var port = freePorts();
        var defaults = new HashMap<String, Object>();
        defaults.put("server.address", "127.0.0.1");
        // H2 keeps eight prepared statements per connection unless told otherwise; we have more than that.
        // What was overwritten it keeps for 45 s, lest a disk writes in another order, and ours are written in this
        // one:
        // with 10 s the file is a fraction as large. With none, whoever just reads something old fails.
        // Its own thread writes every five seconds and tidies up ten times as often: our commits are written by
        // themselves (SharedCommits).
        // Placeholders, because the home and the ports may be set by someone who comes later.
        defaults.put("spring.datasource.url", """
                jdbc:h2:synced:${porchlight.home}/database/porchlight;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;\
                DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE;\
                QUERY_CACHE_SIZE=256;RETENTION_TIME=10000;WRITE_DELAY=5000""");
        for (var name : new String[] {"grpc", "rest", "management", "command", "internal"}) {
            defaults.put("porchlight.engine." + name + "-port", port.getAsInt());
        }
        defaults.put("camunda.client.grpc-address", "http://127.0.0.1:${porchlight.engine.grpc-port}");
        defaults.put("camunda.client.rest-address", "http://127.0.0.1:${porchlight.engine.rest-port}");
        if (!environment.containsProperty("spring.mail.host")) {
            defaults.put("spring.mail.host", "127.0.0.1");
            defaults.put("spring.mail.port", port.getAsInt());
            defaults.put("porchlight.mailbox.enabled", true);
        }
        if (!environment.containsProperty("porchlight.texts.provider")) {
            defaults.put("porchlight.texts.provider", "local");
        }
        return defaults;
    }

    /** Links in letters stay good for as long as this file does. */
    private static String secret(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, UUID.randomUUID().toString() + UUID.randomUUID());
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + file, e);
        }
    }

    /** Stays below what systems hand to outgoing connections: a broker that starts again finds its ports still free. */
    private static IntSupplier freePorts() {
        var first = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        var free = IntStream.iterate(first, port -> port + 1)
                .filter(LocalMachine::isFree)
                .iterator();
        return free::nextInt;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    /** After the configuration files, before Camunda's starter, which also puts defaults last. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}
