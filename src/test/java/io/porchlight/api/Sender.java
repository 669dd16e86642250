package io.porchlight.api;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.orders.Shop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.core.env.Environment;

/** A fulfilment system that speaks to Porchlight over HTTP, carefully or not. */
class Sender {

    /** What came back. */
    record Answer(int status, String type, String body, HttpResponse<String> response) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException broken) {
                throw new AssertionError("Not JSON: " + body, broken);
            }
        }

        String field() {
            return json().path("field").asText();
        }
    }

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;

    Sender(Environment environment) {
        this.environment = environment;
    }

    static ObjectNode order(String orderId) {
        return read(Shop.order("x")).put("orderId", orderId);
    }

    static ObjectNode milestone(String id, String name) {
        return read("{\"occurredAt\":\"2026-11-20T08:10:00Z\",\"details\":{\"carrier\":\"DHL\"}}")
                .put("id", id)
                .put("name", name);
    }

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** As few senders do it: everything but letters and digits is encoded. */
    static String path(String brand, String orderId) {
        return "/api/orders/" + segment(brand) + "/" + segment(orderId);
    }

    private static String segment(String text) {
        return encode(text, UTF_8).replace("+", "%20");
    }

    Answer places(JsonNode order) {
        return post("/api/orders", order.toString());
    }

    Answer reports(String orderId, JsonNode milestone) {
        return post(path("bottega", orderId) + "/milestones", milestone.toString());
    }

    Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    Answer postChunked(String path, byte[] body) {
        return send(request(path).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    Answer post(String path, BodyPublisher body, String contentType) {
        return send(request(path).setHeader("Content-Type", contentType).POST(body));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer key-of-bottega")
                .header("Content-Type", "application/json");
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException broken) {
            throw new AssertionError("No answer at all", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
