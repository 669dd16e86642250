package io.porchlight.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException.TooManyRequests;
import org.springframework.web.client.RestClient;

/** Bob's order from the first letter to the last, posted as a shop and its workshop would post it. */
@Component
@ConditionalOnProperty(name = "porchlight.engine.mode", havingValue = "local", matchIfMissing = true)
class Bob {

    /** Hears what happens, or does not listen. */
    interface Audience {

        default void ordered(String trackingUrl) {}

        default void happened(String milestone, String says) {}

        /** All letters have left; the order is served under this path. */
        default void arrived(String path) {}
    }

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ObjectMapper json;
    private final Clock clock;
    private final JsonNode script;
    private final String key;
    private volatile int port;

    Bob(
            ObjectMapper json,
            Clock clock,
            @Value("classpath:templates/personas/bob.json") Resource persona,
            @Value("${porchlight.brands.bottega.api-keys[0]}") String key)
            throws IOException {
        this.json = json;
        this.clock = clock;
        this.script = json.readTree(persona.getInputStream());
        this.key = key;
    }

    @EventListener
    void on(WebServerInitializedEvent serving) {
        if (serving.getApplicationContext().getServerNamespace() == null) {
            port = serving.getWebServer().getPort();
        }
    }

    String key() {
        return key;
    }

    /** Where people find us on this machine. */
    String address() {
        return "http://localhost:" + port;
    }

    /** His order as it stands in the script, placed now. */
    ObjectNode order() {
        ObjectNode order = script.path("order").deepCopy();
        var promise = script.path("promise");
        var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        order.put("placedAt", clock.instant().toString());
        order.putObject("promise")
                .put("from", today.plusDays(promise.path("fromDay").asInt()).toString())
                .put("to", today.plusDays(promise.path("toDay").asInt()).toString());
        return order;
    }

    /**
     * Plays the order to its end; the same milestones happen to each.
     *
     * @param pace from a letter to the next milestone
     * @throws org.springframework.web.client.RestClientException when something is refused
     */
    void play(ObjectNode order, Duration pace, Audience audience) throws InterruptedException {
        var shop = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                .build();
        audience.ordered(post(shop, "/api/orders", order).path("trackingUrl").asText());
        String path = "/api/orders/" + order.path("brand").asText() + "/"
                + order.path("orderId").asText();
        int letters = 1;
        for (var milestone : script.path("milestones")) {
            Thread.sleep(pace);
            awaitLetters(shop, path, letters++);
            audience.happened(
                    milestone.path("name").asText(), milestone.path("says").asText());
            post(shop, path + "/milestones", report(milestone));
        }
        awaitLetters(shop, path, letters);
        audience.arrived(path);
    }

    /** News that comes before the last letter has left would supersede it: rightly so, but Bob shall see all six. */
    private static void awaitLetters(RestClient shop, String path, int letters) throws InterruptedException {
        for (int tries = 0; tries < PATIENCE.toSeconds(); tries++) {
            var order = shop.get().uri(path).retrieve().body(JsonNode.class);
            if (order != null && sent(order.path("notifications")) >= letters) {
                return;
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    private static int sent(JsonNode notifications) {
        int sent = 0;
        for (var notification : notifications) {
            sent += notification.path("state").asText().equals("sent") ? 1 : 0;
        }
        return sent;
    }

    /** Comes back when it is told to, as every sender should. */
    private JsonNode post(RestClient shop, String path, JsonNode body) throws InterruptedException {
        for (int tries = 0; tries < PATIENCE.toSeconds(); tries++) {
            try {
                return postOnce(shop, path, body);
            } catch (TooManyRequests crowded) {
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
        return postOnce(shop, path, body);
    }

    private JsonNode postOnce(RestClient shop, String path, JsonNode body) {
        var answer = shop.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(JsonNode.class);
        return answer == null ? json.createObjectNode() : answer;
    }

    private ObjectNode report(JsonNode milestone) {
        ObjectNode report = milestone.deepCopy();
        report.remove("says");
        report.put("occurredAt", clock.instant().toString());
        return report;
    }
}
