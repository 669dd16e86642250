package io.porchlight.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.Patience;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Notification.State;
import io.porchlight.ledger.Plan;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Milestone;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Links;
import io.porchlight.orders.Order;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A shop, its journeys and its customers' mail clients. */
class Correspondence {

    private static final String EPOCH = "post";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Shop shop;
    private final Orders orders;
    private final Journeys journeys;
    private final Models models;
    private final Ledger ledger;
    private final Links links;
    private final JdbcClient jdbc;
    private final Environment environment;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Correspondence(
            Shop shop,
            Orders orders,
            Journeys journeys,
            Models models,
            Ledger ledger,
            Links links,
            JdbcClient jdbc,
            Environment environment) {
        this.shop = shop;
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.ledger = ledger;
        this.links = links;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    /** A name that no other test uses. */
    static String someone() {
        return "customer-" + NUMBERS.incrementAndGet();
    }

    static String address(String customer) {
        return customer + "@example.com";
    }

    /** Sells shoes to a customer who agreed to marketing, and starts the journey. */
    JourneyKey sells(String customer) {
        return sells(customer, "en-US", true);
    }

    JourneyKey sells(String customer, String locale, boolean marketing) {
        var key = places(customer, locale, marketing);
        models.record(EPOCH, 1, model());
        journeys.adopt(key, new Travel(EPOCH, NUMBERS.incrementAndGet(), "standard", 1));
        return key;
    }

    /** The order alone; its journey has not begun. */
    JourneyKey places(String customer, String locale, boolean marketing) {
        String id = customer + "-" + NUMBERS.incrementAndGet();
        var received = shop.posted(Shop.orderByDay(id)
                .replace("c-77", customer)
                .replace("bob@example.com", address(customer))
                .replace("en-US", locale)
                .replace("\"marketing\":true", "\"marketing\":" + marketing));
        assertThat(orders.place(received)).isEqualTo(Orders.Outcome.NEW);
        return new JourneyKey("bottega", id);
    }

    Order order(JourneyKey key) {
        return orders.find(key).orElseThrow();
    }

    void plans(JourneyKey key, String step, MessageClass messageClass) {
        plans(key, step, messageClass, null, 0);
    }

    void plans(
            JourneyKey key,
            String step,
            MessageClass messageClass,
            @org.jspecify.annotations.Nullable String milestone,
            int rank) {
        ledger.plan(new Plan(
                key,
                "standard",
                step,
                Occurrence.FIRST,
                "email",
                "standard/order-confirmed",
                messageClass,
                milestone,
                rank,
                null));
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

    /** Waits until a letter that is being handed over is to stop before its final dot. */
    void awaitTakenBack(JourneyKey key, String step) {
        long id = notification(key, step).id();
        await(
                step + " of " + key + " is taken back",
                () -> jdbc.sql("select taken_back from notification where id = :id")
                        .param("id", id)
                        .query(Boolean.class)
                        .single());
    }

    String unsubscribe(JourneyKey key) {
        return links.unsubscribe(key).getPath();
    }

    String preferences(JourneyKey key) {
        return links.preferences(key).getPath();
    }

    String tracking(JourneyKey key) {
        return links.tracking(key).getPath();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body, UTF_8)));
    }

    HttpResponse<String> asShop(String method, String path) {
        return send(
                request(path).header("Authorization", "Bearer key-of-bottega").method(method, BodyPublishers.noBody()));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
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
                List.of(milestone("leather-cut", 1), milestone("shipped", 2), milestone("delivered", 3)),
                List.of(),
                Map.of());
    }

    private static Milestone milestone(String name, int rank) {
        return new Milestone(name, rank, List.of(), false, true, new Words(name, name, "It is " + name + "."));
    }
}
