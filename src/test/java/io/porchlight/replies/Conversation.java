package io.porchlight.replies;

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
import io.porchlight.models.JourneyModel.Step;
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
import org.springframework.transaction.support.TransactionTemplate;

/** A shop, its journeys, and customers with telephones. */
class Conversation {

    /** A customer who agreed to texts. */
    record Someone(String name, String number) {}

    private static final String EPOCH = "texts";
    private static final AtomicInteger NUMBERS = new AtomicInteger(1_000_000);

    private final Shop shop;
    private final Orders orders;
    private final Journeys journeys;
    private final Models models;
    private final Ledger ledger;
    private final Links links;
    private final TransactionTemplate transaction;
    private final Environment environment;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Conversation(
            Shop shop,
            Orders orders,
            Journeys journeys,
            Models models,
            Ledger ledger,
            Links links,
            TransactionTemplate transaction,
            Environment environment) {
        this.shop = shop;
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.ledger = ledger;
        this.links = links;
        this.transaction = transaction;
        this.environment = environment;
    }

    static Someone someone() {
        int number = NUMBERS.incrementAndGet();
        return new Someone("customer-" + number, "+39347" + number);
    }

    JourneyKey sells(Someone customer) {
        return sells("bottega", customer, true);
    }

    JourneyKey sells(String brand, Someone customer, boolean texts) {
        return sells(brand, customer.name(), customer.number(), texts, "en-US");
    }

    JourneyKey sells(String brand, String customer, String phone, boolean texts, String locale) {
        return sells(brand, customer + "-" + NUMBERS.incrementAndGet(), customer, phone, texts, locale);
    }

    JourneyKey sells(String brand, String id, String customer, String phone, boolean texts, String locale) {
        assertThat(orders.place(shop.posted(Shop.orderByDay(id)
                        .replace("\"bottega\"", "\"" + brand + "\"")
                        .replace("c-77", customer)
                        .replace("bob@example.com\"", customer + "@example.com\",\"phone\":\"" + phone + "\"")
                        .replace("en-US", locale)
                        .replace("\"sms\":false", "\"sms\":" + texts))))
                .isEqualTo(Orders.Outcome.NEW);
        var key = new JourneyKey(brand, id);
        models.record(EPOCH, 1, model());
        journeys.adopt(key, new Travel(EPOCH, NUMBERS.incrementAndGet(), "standard", 1));
        return key;
    }

    Order order(JourneyKey key) {
        return orders.find(key).orElseThrow();
    }

    /** A text about the shipment, as a step with this channel asks for it. */
    void plans(JourneyKey key, String step) {
        plans(key, step, MessageClass.TRANSACTIONAL, "standard/shipped");
    }

    void plans(JourneyKey key, String step, MessageClass messageClass, String template) {
        var ways = model().step(step).map(Step::ways).orElse(List.of("sms"));
        // In one transaction, as journeys do it: of two channels neither goes out before the other is known.
        transaction.executeWithoutResult(status -> ways.forEach(channel -> ledger.plan(
                new Plan(key, "standard", step, Occurrence.FIRST, channel, template, messageClass, null, 0, null))));
    }

    Notification notification(JourneyKey key, String step, String channel) {
        return ledger.of(key).stream()
                .filter(one -> one.step().equals(step) && one.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    Notification settled(JourneyKey key, String step) {
        return settled(key, step, "sms");
    }

    Notification settled(JourneyKey key, String step, String channel) {
        await(
                step + " of " + key + " is settled",
                () -> List.of(State.SENT, State.SKIPPED, State.FAILED, State.UNKNOWN)
                        .contains(notification(key, step, channel).state()));
        return notification(key, step, channel);
    }

    String tracking(JourneyKey key) {
        return links.tracking(key).toString();
    }

    /** Chooses a channel on the preference page. */
    void prefers(JourneyKey key, String channel) {
        var answer = post(
                links.preferences(key).getPath(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "topic=ORDER_UPDATES&topic=OFFERS&pace=EVERY_STEP&pause=none&channel=" + channel);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    HttpResponse<String> post(String path, Map<String, String> headers, String body) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body, UTF_8));
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> story(JourneyKey key) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port")
                        + "/api/orders/" + key.brand() + "/" + key.orderId()))
                .header("Authorization", "Bearer key-of-" + key.brand()));
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
                List.of(new Milestone(
                        "shipped", 1, List.of(), false, true, new Words("Shipped", "Shipped", "On its way."))),
                List.of(step("Preferred", JourneyModel.PREFERRED), step("Both", JourneyModel.BOTH)),
                Map.of());
    }

    private static Step step(String id, String channels) {
        return new Step(id, "standard/shipped", List.of(channels), "TRANSACTIONAL", null, null, null, null, 0);
    }
}
