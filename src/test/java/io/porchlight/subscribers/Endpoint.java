package io.porchlight.subscribers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.porchlight.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The systems outside that are told: each has a path of its own, keeps what it hears, and answers as a test has it. */
final class Endpoint {

    /** How a subscriber answers. */
    interface Manner {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** Something that a subscriber was told. */
    record Heard(Headers headers, String body) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (JsonProcessingException broken) {
                throw new AssertionError(body, broken);
            }
        }

        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        /** In the form that the specification's library reads. */
        Map<String, List<String>> signed() {
            return Map.of(
                    "webhook-id", List.of(header("webhook-id")),
                    "webhook-timestamp", List.of(header("webhook-timestamp")),
                    "webhook-signature", List.of(header("webhook-signature")));
        }
    }

    private static final HttpServer SERVER = start();
    private static final Map<String, List<Heard>> HEARD = new ConcurrentHashMap<>();
    private static final Map<String, Manner> MANNERS = new ConcurrentHashMap<>();

    private Endpoint() {}

    static URI url(String name) {
        return URI.create("http://127.0.0.1:" + SERVER.getAddress().getPort() + "/" + name);
    }

    /** Everybody is kind again, and has heard nothing. */
    static void reset() {
        HEARD.clear();
        MANNERS.clear();
    }

    static List<Heard> heard(String name) {
        return HEARD.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
    }

    static void answers(String name, int status) {
        answers(name, exchange -> exchange.sendResponseHeaders(status, -1));
    }

    static void answers(String name, Manner manner) {
        MANNERS.put(name, manner);
    }

    static void await(String what, BooleanSupplier condition) {
        Patience.await(what, Duration.ofSeconds(20), condition);
    }

    private static void listen(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        heard(name).add(new Heard(exchange.getRequestHeaders(), body));
        try (exchange) {
            MANNERS.getOrDefault(name, kind -> kind.sendResponseHeaders(204, -1))
                    .answer(exchange);
        }
    }

    private static HttpServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("endpoint-", 1).daemon().factory()));
            server.createContext("/", Endpoint::listen);
            server.start();
            return server;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
