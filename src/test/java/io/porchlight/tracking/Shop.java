package io.porchlight.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.journeys.DrawnModels;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** The shop, the workshop and the engine, as far as a page notices them: facts come in by their usual ways. */
final class Shop {

    /** With a brand's id at its end, that brand's key. */
    static final String KEY = "a-key-of-this-test-for-";

    private static final AtomicInteger NUMBER = new AtomicInteger(1000);
    private static final String EPOCH = "page-tests";

    private final ApplicationContext context;
    private final RestClient http;
    private final ObjectMapper json = new ObjectMapper();

    Shop(ApplicationContext context, int port) {
        this.context = context;
        this.http = RestClient.builder().baseUrl("http://127.0.0.1:" + port).build();
    }

    /** One customer's order, with the path of its page. */
    record Bought(JourneyKey key, String path) {}

    /** An order whose journey has started. */
    Bought sells(String process, String locale, String customer, Instant placedAt) {
        var bought = takes(locale, customer, placedAt);
        adopts(bought, process);
        return bought;
    }

    /** The engine reports that the order's journey has started. */
    void adopts(Bought bought, String process) {
        var model = DrawnModels.of(context, process);
        context.getBean(Models.class).record(EPOCH, 1, model);
        context.getBean(Journeys.class).adopt(bought.key(), new Travel(EPOCH, NUMBER.incrementAndGet(), process, 1));
        context.getBean(Milestones.class).beginAgain(bought.key());
    }

    /** An order whose journey is not chosen yet. */
    Bought takes(String locale, String customer, Instant placedAt) {
        return takes(order(locale, customer, placedAt));
    }

    /** An order of another brand whose journey has started. */
    Bought sellsAt(String brand, String process, Instant placedAt) {
        var bought = takes(order("en-GB", "Jane", placedAt).put("brand", brand));
        adopts(bought, process);
        return bought;
    }

    ObjectNode order(String locale, String customer, Instant placedAt) {
        var order = json.createObjectNode();
        order.put("brand", "bottega").put("orderId", String.valueOf(NUMBER.incrementAndGet()));
        order.put("placedAt", placedAt.toString());
        order.putObject("customer")
                .put("id", "c-1")
                .put("name", customer)
                .put("email", "bob@example.com")
                .put("locale", locale)
                .put("timeZone", "Europe/Rome");
        var lines = order.putArray("lines");
        lines.addObject()
                .put("sku", "derby-42")
                .put("name", "Derby shoes, oxblood")
                .put("quantity", 1);
        lines.addObject().put("sku", "cream-01").put("name", "Beeswax cream").put("quantity", 2);
        order.putObject("promise").put("from", "2026-12-28").put("to", "2027-01-04");
        return order;
    }

    Bought takes(ObjectNode order) {
        var answer = post(order.path("brand").asText(), "/api/orders", order);
        var page = URI.create(answer.path("trackingUrl").asText());
        return new Bought(JourneyKey.parse(answer.path("journeyKey").asText()), page.getPath());
    }

    void happens(Bought order, String milestone, Instant at) {
        happens(order, milestone, at, Map.of());
    }

    void happens(Bought order, String milestone, Instant at, Map<String, ?> details) {
        var report = json.createObjectNode();
        report.put("id", "s-" + NUMBER.incrementAndGet()).put("name", milestone).put("occurredAt", at.toString());
        report.set("details", json.valueToTree(details));
        String brand = order.key().brand();
        post(brand, "/api/orders/" + brand + "/" + order.key().orderId() + "/milestones", report);
    }

    /** The journey reaches a step that writes; waits until the letter has been sent. */
    void writes(Bought order, String process, String step) {
        plans(order, process, step);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(context.getBean(Ledger.class).of(order.key()))
                        .filteredOn(letter -> letter.step().equals(step))
                        .extracting(Notification::state)
                        .containsExactly(Notification.State.SENT));
    }

    /** The journey reaches a step that writes. */
    void plans(Bought order, String process, String step) {
        var model = DrawnModels.of(context, process);
        var about = model.step(step).orElseThrow();
        var ledger = context.getBean(Ledger.class);
        ledger.plan(new Plan(
                order.key(),
                process,
                step,
                Occurrence.FIRST,
                "email",
                about.template(),
                MessageClass.valueOf(about.messageClass()),
                about.milestone(),
                about.rank(),
                about.validFor()));
    }

    /** The customer was told another day. */
    void promises(Bought order, String from, String to, Instant at) {
        context.getBean(JdbcClient.class)
                .sql("insert into promise (journey_key, from_day, to_day, said_at) values (?, ?, ?, ?)")
                .params(
                        order.key().toString(),
                        java.sql.Date.valueOf(from),
                        java.sql.Date.valueOf(to),
                        java.sql.Timestamp.from(at))
                .update();
    }

    /** What the shop is told about the order. */
    JsonNode asks(Bought order) {
        String brand = order.key().brand();
        var answer = http.get()
                .uri("/api/orders/" + brand + "/" + order.key().orderId())
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + KEY + brand)
                .retrieve()
                .body(JsonNode.class);
        assertThat(answer).isNotNull();
        return answer;
    }

    private JsonNode post(String brand, String path, JsonNode body) {
        var answer = http.post()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + KEY + brand)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(JsonNode.class);
        assertThat(answer).isNotNull();
        return answer;
    }
}
