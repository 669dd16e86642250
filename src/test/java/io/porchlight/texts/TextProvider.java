package io.porchlight.texts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A provider of text messages, over real HTTP; it speaks Twilio's tongue and takes any other. */
public final class TextProvider {

    /** A request whose whole body arrived. */
    public record Posted(String path, Map<String, String> headers, String body) {

        /** A field of the form. */
        public String field(String name) {
            for (var field : body.split("&", -1)) {
                if (field.startsWith(name + "=")) {
                    return URLDecoder.decode(field.substring(name.length() + 1), UTF_8);
                }
            }
            return "";
        }
    }

    /** What it does with a text. */
    @FunctionalInterface
    public interface Reaction {
        void to(HttpExchange exchange) throws IOException;
    }

    private static final Pattern NUMBER = Pattern.compile("[\"=](?:\\+|%2B)(\\d{8,15})[\"&]");

    private final HttpServer server;
    private final List<Posted> arrived = new CopyOnWriteArrayList<>();
    private final List<Posted> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Reaction>> reactions = new ConcurrentHashMap<>();

    /** Listens on a port of its own until the JVM ends. */
    public TextProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("provider-", 1).factory()));
        server.createContext("/", this::hear);
        server.start();
    }

    /** Where it listens. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Reacts so to the next text to a number; without it takes the text. */
    public void next(String number, Reaction reaction) {
        reactions
                .computeIfAbsent(number, unknown -> new ConcurrentLinkedQueue<>())
                .add(reaction);
    }

    /** Every text to a number that arrived, taken or not. */
    public List<Posted> arrived(String number) {
        return to(arrived, number);
    }

    /** The texts to a number that it said it took. */
    public List<Posted> taken(String number) {
        return to(taken, number);
    }

    /** Refuses, as Twilio does. */
    public static Reaction refuses(int status, int code) {
        return exchange ->
                answer(exchange, status, "{\"code\":" + code + ",\"message\":\"no\",\"status\":" + status + "}");
    }

    /** Says something. */
    public static Reaction says(int status, String body) {
        return exchange -> answer(exchange, status, body);
    }

    /** Hangs up without a word. */
    public static Reaction hangsUp() {
        return HttpExchange::close;
    }

    /** Takes the text, but does not say so before it is released. */
    public Held takesSlowly(String number) {
        var held = new Held();
        next(number, exchange -> {
            held.reached.countDown();
            try {
                held.released.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            take(exchange, arrived(number).getLast());
        });
        return held;
    }

    /** An answer that is held back. */
    public static final class Held implements AutoCloseable {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits until the provider has the text. */
        public void awaitReached() throws InterruptedException {
            if (!reached.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("No text came");
            }
        }

        @Override
        public void close() {
            released.countDown();
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var headers = new ConcurrentHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        var posted = new Posted(exchange.getRequestURI().getPath(), headers, body);
        arrived.add(posted);
        var queue = reactions.get(number(body));
        var reaction = queue == null ? null : queue.poll();
        if (reaction == null) {
            take(exchange, posted);
        } else {
            reaction.to(exchange);
        }
    }

    private void take(HttpExchange exchange, Posted posted) throws IOException {
        taken.add(posted);
        answer(exchange, 201, "{\"sid\":\"SM" + taken.size() + "\",\"status\":\"queued\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static List<Posted> to(List<Posted> all, String number) {
        return all.stream()
                .filter(posted -> number(posted.body()).equals(number))
                .toList();
    }

    /** The first number after "to": the recipient stands before the text in both tongues. */
    private static String number(String body) {
        int to = Math.max(body.indexOf("To="), body.indexOf("\"to\":"));
        var found = NUMBER.matcher(body);
        return to >= 0 && found.find(to) ? "+" + found.group(1) : "";
    }
}
