package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.Aside;
import io.porchlight.database.MovableClock;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.ParcelNamed;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.OrderPlaced;
import io.porchlight.orders.Orders;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Inbox;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.Source;
import io.porchlight.signals.Understanding;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * In whatever order the events of an order arrive, the same is known of it in the end, and the engine is told the same. Every
 * order of them is tried, so all that is far from it is left out: signatures, threads and the engine itself.
 */
@Aside
@SpringBootTest(
        classes = PermutationTest.Modules.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "porchlight.secret=only-for-tests",
            "porchlight.brands.bottega.api-keys=key-of-bottega",
            "spring.datasource.url=jdbc:h2:mem:permutations;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
@TestConstructor(autowireMode = AutowireMode.ALL)
class PermutationTest {

    /** No {@code @Configuration}: tests of the whole application, which scan for those, must not find it. */
    @ComponentScan({
        "io.porchlight.brands",
        "io.porchlight.orders",
        "io.porchlight.models",
        "io.porchlight.fulfillment",
        "io.porchlight.consent",
        "io.porchlight.ledger",
        "io.porchlight.signals"
    })
    @ConfigurationPropertiesScan({
        "io.porchlight.brands",
        "io.porchlight.orders",
        "io.porchlight.fulfillment",
        "io.porchlight.ledger"
    })
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ValidationAutoConfiguration.class
    })
    @Import({Shopify.class, AfterShip.class, EasyPost.class, News.class})
    static class Modules {

        @Bean
        Clock clock() {
            return new MovableClock();
        }
    }

    /** What the worker of the signals hears. */
    static class News {

        private final Queue<JourneyKey> keys = new ArrayDeque<>();

        @TransactionalEventListener
        void on(OrderPlaced placed) {
            keys.add(placed.key());
        }

        @TransactionalEventListener
        void on(ParcelNamed named) {
            keys.add(named.key());
        }
    }

    /** One event of an order, as it is posted. */
    private interface Event {
        void post(String id, String tracking);
    }

    private static final int PERMUTATIONS = 720;

    private final List<Source> sources;
    private final Inbox inbox;
    private final Understanding understanding;
    private final News news;
    private final SignalDesk desk;
    private final Orders orders;
    private final Milestones milestones;
    private final Journeys journeys;
    private final Models models;
    private final Clock clock;
    private final List<Event> events = List.of(
            (id, tracking) -> shopify("orders/create", "shopify-order", id, tracking, "\"changed\":1"),
            (id, tracking) -> shopify(
                    "orders/updated",
                    "shopify-order",
                    id,
                    tracking,
                    "\"updated_at\":\"2026-11-20T09:00:00Z\",\"contact_email\":\"new@example.com\","
                            + "\"buyer_accepts_marketing\":false"),
            (id, tracking) -> shopify("fulfillments/create", "shopify-fulfillment", id, tracking, "\"changed\":1"),
            (id, tracking) ->
                    shopify("fulfillment_events/create", "shopify-fulfillment-event", id, tracking, "\"changed\":1"),
            this::estimated,
            this::delivered);

    PermutationTest(
            List<Source> sources,
            Inbox inbox,
            Understanding understanding,
            News news,
            SignalDesk desk,
            Orders orders,
            Milestones milestones,
            Journeys journeys,
            Models models,
            Clock clock) {
        this.sources = sources;
        this.inbox = inbox;
        this.understanding = understanding;
        this.news = news;
        this.desk = desk;
        this.orders = orders;
        this.milestones = milestones;
        this.journeys = journeys;
        this.models = models;
        this.clock = clock;
    }

    @Test
    void everyOrderOfAnOrdersEventsGivesTheSameFacts() {
        String wanted = factsAfter(0);
        assertThat(wanted)
                .contains(
                        "new@example.com", "marketing=false", "in-transit", "NEW delivered -", "[shipped, delivered]");
        for (int n = 1; n < PERMUTATIONS; n++) {
            assertThat(factsAfter(n)).as("in the order " + permutation(n)).isEqualTo(wanted);
        }
    }

    /** The n-th order in which six events can come, the first being the natural one. */
    private static List<Integer> permutation(int n) {
        var left = new ArrayList<>(IntStream.range(0, 6).boxed().toList());
        var order = new ArrayList<Integer>();
        int rest = n;
        for (int choices = 6, ways = PERMUTATIONS; choices > 0; choices--) {
            ways /= choices;
            var next = left.subList(rest / ways, rest / ways + 1);
            order.addAll(next);
            next.clear();
            rest %= ways;
        }
        return order;
    }

    private String factsAfter(int n) {
        String id = Vendors.number();
        String tracking = Vendors.tracking();
        for (int event : permutation(n)) {
            events.get(event).post(id, tracking);
            understand();
        }
        assertThat(desk.of(new JourneyKey("bottega", id)))
                .as("in the order " + permutation(n))
                .hasSize(6)
                .allMatch(raw -> raw.signal().state() == State.UNDERSTOOD);
        return facts(id, tracking);
    }

    private void understand() {
        do {
            for (var key = news.keys.poll(); key != null; key = news.keys.poll()) {
                understanding.wake(Set.of(key));
            }
        } while (understanding.work(50) > 0 || !news.keys.isEmpty());
    }

    /** Everything that letters and pages are made from, without ids and the times of arrival, and what the engine is told. */
    private String facts(String id, String tracking) {
        var key = new JourneyKey("bottega", id);
        var travel = new Travel("permutations", Long.parseLong(id.substring(9)), "trial", 1);
        models.record(travel.engineEpoch(), travel.version(), model());
        journeys.adopt(key, travel);
        milestones.beginAgain(key);
        var order = orders.find(key).orElseThrow();
        var known = milestones.of(key).stream()
                .map(milestone -> milestone.state() + " " + milestone.name() + " " + milestone.parcel() + " "
                        + milestone.occurrence() + " " + milestone.implied() + " " + milestone.occurredAt() + " "
                        + milestone.details())
                .sorted()
                .toList();
        var promised = orders.promises(key).stream()
                .map(promise -> promise.promise() + " " + promise.because())
                .toList();
        var customer = order.customer();
        return (customer.email() + " " + customer.consent() + " "
                        + order.lines().size() + known + promised + told())
                .replace(id, "<id>")
                .replace(tracking, "<tracking>");
    }

    /** The model decides by these which letters are planned; their ranks, which of them still go out. */
    private List<String> told() {
        var taken = milestones.takeToPublish(10, Duration.ofMinutes(1));
        milestones.published(taken.stream().map(Milestone::id).toList(), Duration.ofDays(6));
        var model = model();
        return taken.stream()
                .map(Milestone::name)
                .sorted((one, other) -> Integer.compare(
                        model.milestone(one).orElseThrow().rank(),
                        model.milestone(other).orElseThrow().rank()))
                .toList();
    }

    private static JourneyModel model() {
        return new JourneyModel(
                "trial",
                "Trial",
                Duration.ofDays(3),
                new Words("OrderPlaced", "Confirmed", ""),
                List.of(
                        new JourneyModel.Milestone(
                                "shipped", 1, List.of(), false, true, new Words("Shipped", "Shipped", "")),
                        new JourneyModel.Milestone(
                                "delivered", 2, List.of("shipped"), false, true, new Words("Delivered", "Here", ""))),
                List.of(),
                Map.of());
    }

    private void shopify(String topic, String sample, String id, String tracking, String changes) {
        String body = sample(sample, json -> {
            json.put("order_id", Long.parseLong(id));
            if (sample.equals("shopify-order")) {
                json.put("id", Long.parseLong(id));
            }
            json.put("tracking_number", tracking);
            json.putArray("tracking_numbers").add(tracking);
            json.setAll((ObjectNode) Vendors.read("{" + changes + "}"));
        });
        receive("shopify", body, Map.of("X-Shopify-Topic", topic, "X-Shopify-Shop-Domain", "bottega.myshopify.com"));
    }

    private void estimated(String id, String tracking) {
        receive(
                "aftership",
                sample("aftership-edd", json -> {
                    json.put("event_id", "edd-" + id);
                    json.withObject("/msg").put("tracking_number", tracking);
                }),
                Map.of());
    }

    private void delivered(String id, String tracking) {
        receive(
                "easypost",
                sample("easypost-tracker", json -> {
                    json.put("id", "evt-" + id);
                    json.withObject("/result")
                            .put("id", "trk-" + id)
                            .put("tracking_code", tracking)
                            .put("status", "delivered");
                    ((ObjectNode) requireNonNull(json.at("/result/tracking_details/1")))
                            .put("datetime", "2026-11-21T07:00:00Z");
                }),
                Map.of());
    }

    private void receive(String name, String body, Map<String, String> headers) {
        var source = sources.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        var delivery = new Delivery("bottega", body.getBytes(UTF_8), headers, clock.instant());
        assertThat(inbox.receive(name, "bottega", source.open(delivery))).isEqualTo(1);
    }
}
