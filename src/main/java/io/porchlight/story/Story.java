package io.porchlight.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.journeys.JourneysReady;
import io.porchlight.orders.Orders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Plays Bob's story over HTTP, once, so that a newcomer sees letters within a minute. */
@Component
@ConditionalOnProperty(name = "porchlight.engine.mode", havingValue = "local", matchIfMissing = true)
class Story {

    private static final Logger log = LoggerFactory.getLogger(Story.class);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Orders orders;
    private final StorySettings settings;
    private final ObjectMapper json;
    private final Clock clock;
    private final Resource persona;
    private final AtomicBoolean told = new AtomicBoolean();
    private final String key;
    private volatile @Nullable Integer port;
    private volatile boolean firstStart;
    private volatile @Nullable Thread teller;

    Story(
            Orders orders,
            StorySettings settings,
            ObjectMapper json,
            Clock clock,
            @Value("classpath:templates/personas/bob.json") Resource persona,
            @Value("${porchlight.brands.bottega.api-keys[0]}") String key) {
        this.orders = orders;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.persona = persona;
        this.key = key;
    }

    @EventListener
    void on(WebServerInitializedEvent serving) {
        if (serving.getApplicationContext().getServerNamespace() == null) {
            port = serving.getWebServer().getPort();
            firstStart = orders.none();
        }
    }

    @EventListener
    void on(JourneysReady ready) {
        if (settings.enabled() && firstStart && !told.getAndSet(true)) {
            teller = Thread.ofVirtual().name("story").start(this::tell);
        }
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        var talking = teller;
        if (talking != null) {
            talking.interrupt();
        }
    }

    private void tell() {
        try {
            String address = "http://localhost:" + port;
            var script = json.readTree(persona.getInputStream());
            var order = order(script);
            var shop = RestClient.builder()
                    .baseUrl("http://127.0.0.1:" + port)
                    .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                    .build();
            var answer = post(shop, "/api/orders", order);
            log.info("");
            log.info("  Bob has ordered a pair of shoes. His letters lie in the mailbox: {}/mailbox", address);
            log.info("  His live page: {}", answer.path("trackingUrl").asText());
            String path = "/api/orders/" + order.path("brand").asText() + "/"
                    + order.path("orderId").asText();
            int letters = 1;
            for (var milestone : script.path("milestones")) {
                Thread.sleep(settings.pace());
                awaitLetters(shop, path, letters++);
                log.info(
                        "  … {}: {}",
                        milestone.path("name").asText(),
                        milestone.path("says").asText());
                post(shop, path + "/milestones", report(milestone));
            }
            awaitLetters(shop, path, letters);
            log.info("  Six letters, each sent when it really happened. The whole record:");
            log.info("  curl -H \"Authorization: Bearer {}\" {}{}", key, address, path);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RestClientException trouble) {
            log.warn("Bob's story could not be told to its end: {}", trouble.getMessage());
        }
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

    private JsonNode post(RestClient shop, String path, JsonNode body) {
        var answer = shop.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(JsonNode.class);
        return answer == null ? json.createObjectNode() : answer;
    }

    private ObjectNode order(JsonNode script) {
        ObjectNode order = script.path("order").deepCopy();
        order.put("placedAt", clock.instant().toString());
        var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        order.putObject("promise")
                .put(
                        "from",
                        today.plusDays(script.path("promise").path("fromDay").asInt())
                                .toString())
                .put(
                        "to",
                        today.plusDays(script.path("promise").path("toDay").asInt())
                                .toString());
        return order;
    }

    private ObjectNode report(JsonNode milestone) {
        ObjectNode report = milestone.deepCopy();
        report.remove("says");
        report.put("occurredAt", clock.instant().toString());
        return report;
    }
}
