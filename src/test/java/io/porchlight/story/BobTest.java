package io.porchlight.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.porchlight.story.Bob.Audience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.core.io.ClassPathResource;

/** Bob's shop, and a Porchlight that is crowded at first. */
class BobTest {

    private static final String ALL_SENT = "{\"state\":\"sent\"},".repeat(9) + "{\"state\":\"sent\"}";

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final HttpServer porchlight =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    BobTest() throws IOException {}

    @BeforeEach
    void open() {
        porchlight.createContext("/", this::answer);
        porchlight.start();
    }

    @AfterEach
    void close() {
        porchlight.stop(0);
    }

    @Test
    void comesBackWhenHeIsToldThatTooManyAreThere() throws Exception {
        var bob = new Bob(
                new ObjectMapper(), Clock.systemUTC(), new ClassPathResource("templates/personas/bob.json"), "key");
        bob.on(new ServletWebServerInitializedEvent(server(), new ServletWebServerApplicationContext()));

        bob.play(bob.order(), Duration.ZERO, new Audience() {});

        assertThat(posted).startsWith("/api/orders", "/api/orders").hasSizeGreaterThan(3);
    }

    /** The first post is one too many. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean post = exchange.getRequestMethod().equals("POST");
            if (post) {
                posted.add(exchange.getRequestURI().getPath());
            }
            boolean crowded = post && posted.size() == 1;
            if (crowded) {
                exchange.getResponseHeaders().add("Retry-After", "1");
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] body = ("{\"trackingUrl\":\"/t/bob\",\"notifications\":[" + ALL_SENT + "]}").getBytes(UTF_8);
            exchange.sendResponseHeaders(crowded ? 429 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private WebServer server() {
        return new WebServer() {
            @Override
            public void start() {}

            @Override
            public void stop() {}

            @Override
            public int getPort() {
                return porchlight.getAddress().getPort();
            }
        };
    }
}
