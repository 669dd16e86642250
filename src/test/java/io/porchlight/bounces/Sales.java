package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.Patience;
import io.porchlight.bounces.MailHost.Arrived;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Notification.State;
import io.porchlight.ledger.Plan;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.springframework.core.env.Environment;

/** Shops that sell shoes and write letters about it. */
class Sales {

    private static final String EPOCH = "returns";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Shop shop;
    private final Orders orders;
    private final Journeys journeys;
    private final Models models;
    private final Ledger ledger;
    private final ObjectMapper json;
    private final Environment environment;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Sales(
            Shop shop,
            Orders orders,
            Journeys journeys,
            Models models,
            Ledger ledger,
            ObjectMapper json,
            Environment environment) {
        this.shop = shop;
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.ledger = ledger;
        this.json = json;
        this.environment = environment;
    }

    /** A name that no other test uses. */
    static String someone() {
        return "returned-" + NUMBERS.incrementAndGet();
    }

    static String address(String customer) {
        return customer + "@example.com";
    }

    JourneyKey sells(String customer) {
        return sells("bottega", customer, address(customer));
    }

    /** Sells shoes to a customer who agreed to marketing, and starts the journey. */
    JourneyKey sells(String brand, String customer, String address) {
        return starts(brand, customer, address, order -> order);
    }

    /** The same, with so many lines. */
    JourneyKey sellsMuch(String customer, String address, int lines, String name) {
        String line = "{\"sku\":\"s\",\"name\":\"" + name + "\",\"quantity\":1}";
        String all = String.join(",", Collections.nCopies(lines, line));
        return starts(
                "bottega",
                customer,
                address,
                order -> order.replaceAll("(?s)\"lines\":\\[.*?}\\]", "\"lines\":[" + all + "]"));
    }

    private JourneyKey starts(String brand, String customer, String address, UnaryOperator<String> change) {
        String id = customer.replaceAll("[^a-z0-9-]", "") + "-" + NUMBERS.incrementAndGet();
        var received = shop.posted(change.apply(Shop.orderByDay(id)
                .replace("\"bottega\"", "\"" + brand + "\"")
                .replace("c-77", customer)
                .replace("bob@example.com", address)));
        assertThat(orders.place(received)).isEqualTo(Orders.Outcome.NEW);
        var key = new JourneyKey(brand, id);
        models.record(EPOCH, 1, model());
        journeys.adopt(key, new Travel(EPOCH, NUMBERS.incrementAndGet(), "standard", 1));
        return key;
    }

    void plans(JourneyKey key, String step, MessageClass messageClass) {
        ledger.plan(new Plan(
                key,
                "standard",
                step,
                Occurrence.FIRST,
                "email",
                "standard/order-confirmed",
                messageClass,
                null,
                messageClass == MessageClass.MARKETING ? 1 : 0, // else what comes later would wait for it
                null));
    }

    /** Writes a letter and waits until it has arrived. */
    Arrived sends(JourneyKey key, String step, MessageClass messageClass) {
        plans(key, step, messageClass);
        assertThat(settled(key, step).state()).as(settled(key, step).reason()).isEqualTo(State.SENT);
        String address = orders.find(key).orElseThrow().customer().email();
        return PostalWorld.HOST.letters(String.valueOf(address)).getLast();
    }

    Notification notification(JourneyKey key, String step) {
        return ledger.of(key).stream()
                .filter(notification -> notification.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until it is settled, and tells how. */
    Notification settled(JourneyKey key, String step) {
        await(
                step + " of " + key + " is settled",
                () -> List.of(State.SENT, State.SKIPPED, State.FAILED, State.UNKNOWN)
                        .contains(notification(key, step).state()));
        return notification(key, step);
    }

    /** What came back for a step, as the shop's API tells it. */
    JsonNode bounce(JourneyKey key, String step) {
        for (var notification : story(key).path("notifications")) {
            if (notification.path("step").asText().equals(step)) {
                return notification.path("bounce");
            }
        }
        throw new AssertionError("There is no " + step);
    }

    JsonNode story(JourneyKey key) {
        var answer = send(request("/api/orders/" + key.brand() + "/" + key.orderId())
                .header("Authorization", "Bearer key-of-" + key.brand())
                .GET());
        try {
            return json.readTree(answer.body());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    HttpResponse<String> posts(String path, String body, String... headers) {
        var request = request(path).POST(BodyPublishers.ofString(body, UTF_8));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> erases(String brand, String customer) {
        return send(request("/api/customers/" + brand + "/" + customer)
                .header("Authorization", "Bearer key-of-" + brand)
                .DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        Patience.await(what, Duration.ofSeconds(30), condition);
    }

    private static JourneyModel model() {
        return new JourneyModel(
                "standard",
                "Standard",
                null,
                new Words("OrderPlaced", "Order confirmed", "We have it."),
                List.of(),
                List.of(),
                Map.of());
    }
}
