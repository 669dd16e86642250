package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.consent.Consents;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import io.porchlight.signals.Signal;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders change after they were placed, and what is said later says so. */
@WithWebhooks
class OrderChangesTest {

    private final Vendors vendors;
    private final SignalDesk desk;
    private final Orders orders;
    private final Milestones milestones;
    private final Journeys journeys;
    private final Models models;
    private final Consents consents;
    private final JdbcClient jdbc;
    private String id = "";
    private JourneyKey key = new JourneyKey("bottega", "-");

    OrderChangesTest(
            Vendors vendors,
            SignalDesk desk,
            Orders orders,
            Milestones milestones,
            Journeys journeys,
            Models models,
            Consents consents,
            JdbcClient jdbc) {
        this.vendors = vendors;
        this.desk = desk;
        this.orders = orders;
        this.milestones = milestones;
        this.journeys = journeys;
        this.models = models;
        this.consents = consents;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void anOrderOfItsOwn() {
        id = Vendors.number();
        key = new JourneyKey("bottega", id);
    }

    @Test
    void aNewAddressAndANewConsentCountFromThenOn() {
        posts("orders/create", order -> {});
        assertThat(topics()).contains(Topic.OFFERS);

        posts(
                "orders/updated",
                order -> order.put("updated_at", "2026-11-20T10:00:00Z")
                        .put("contact_email", "new@example.com")
                        .put("buyer_accepts_marketing", false));

        assertThat(orders.find(key).orElseThrow().customer().email()).isEqualTo("new@example.com");
        assertThat(topics()).doesNotContain(Topic.OFFERS);
    }

    @Test
    void whatIsOlderThanWhatWeKnowChangesNothing() {
        posts("orders/create", order -> order.put("updated_at", "2026-11-20T10:00:00Z"));

        var late = posts("orders/updated", order -> order.put("contact_email", "old@example.com"));

        assertThat(late.state()).isEqualTo(State.UNDERSTOOD);
        assertThat(late.reason()).isEqualTo("It tells nothing newer of the order");
        assertThat(orders.find(key).orElseThrow().customer().email()).isEqualTo("jane@example.com");
    }

    @Test
    void aCancelledOrderEndsItsJourneyUnlessItsModelHasAWordForIt() {
        posts("orders/create", order -> {});
        begins("silent");
        posts(
                "orders/cancelled",
                order -> order.put("cancelled_at", "2026-11-20T10:00:00Z").put("cancel_reason", "customer"));
        assertThat(milestones.of(key))
                .extracting(Milestone::name, Milestone::state)
                .containsExactly(tuple(Milestone.ORDER_CANCELLED, Milestone.State.ENDING));
        assertThat(milestones.toEnd()).contains(key);

        anOrderOfItsOwn();
        posts("orders/create", order -> {});
        begins("polite", Milestone.ORDER_CANCELLED);
        posts("orders/updated", order -> order.put("financial_status", "refunded"));
        assertThat(milestones.of(key)).extracting(Milestone::state).containsExactly(Milestone.State.NEW);
        assertThat(milestones.toEnd()).doesNotContain(key);
    }

    @Test
    void aCancellationWaitsForItsOrderAndBeginsNone() {
        var waiting = posts("orders/cancelled", order -> order.put("cancelled_at", "2026-11-20T10:00:00Z"));
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(orders.find(key)).isEmpty();

        posts("orders/create", order -> {});

        Vendors.await("it is understood", () -> vendors.signal(waiting.id()).state() == State.UNDERSTOOD);
        assertThat(milestones.of(key)).extracting(Milestone::name).containsExactly(Milestone.ORDER_CANCELLED);
    }

    @Test
    void theApiMovesAPromiseOnce() {
        vendors.asShop("POST", "/api/orders", Shop.order(id));
        String path = "/api/orders/bottega/" + id + "/promise";
        String body = "{\"from\":\"2027-01-11\",\"to\":\"2027-01-15\",\"because\":\"the last was broken\"}";

        assertThat(vendors.asShop("POST", path, body).statusCode()).isEqualTo(202);
        assertThat(vendors.asShop("POST", path, body).statusCode()).isEqualTo(200);

        var promise = Vendors.read(
                        vendors.asShop("GET", "/api/orders/bottega/" + id, "").body())
                .path("promise");
        assertThat(promise.path("from").asText()).isEqualTo("2027-01-11");
        assertThat(promise.path("history")).hasSize(2);
        assertThat(promise.at("/history/1/because").asText()).isEqualTo("the last was broken");
        assertThat(promise.path("history").get(0).has("because")).isFalse();
    }

    @Test
    void theApiRefusesAPromiseThatIsNone() {
        vendors.asShop("POST", "/api/orders", Shop.order(id));
        String path = "/api/orders/bottega/" + id + "/promise";

        var backwards = vendors.asShop("POST", path, "{\"from\":\"2027-01-11\",\"to\":\"2027-01-10\"}");
        assertThat(backwards.statusCode()).isEqualTo(400);
        assertThat(Vendors.read(backwards.body()).path("field").asText()).isEqualTo("to");
        assertThat(vendors.asShop("POST", path, "{\"from\":\"2027-01-11\"}").statusCode())
                .isEqualTo(400);
        assertThat(vendors.asShop(
                                "POST",
                                "/api/orders/bottega/none/promise",
                                "{\"from\":\"2027-01-11\",\"to\":\"2027-01-11\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(vendors.asShop(
                                "POST",
                                "/api/orders/atelier/1/promise",
                                "{\"from\":\"2027-01-11\",\"to\":\"2027-01-11\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(orders.promises(key)).hasSize(1);
    }

    @Test
    void theApiRefusesACancellationWithoutAReasonOrAnOrder() {
        assertThat(vendors.asShop("POST", "/api/orders/bottega/none/cancellation", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(vendors.asShop("POST", "/api/orders/bottega/none/cancellation", "{}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void erasingAPersonReachesEverySignalThatNamesThem() {
        String person = "person" + id;
        posts("orders/create", order -> {
            order.put("contact_email", person + "@example.com");
            order.withObject("/customer").put("id", Long.parseLong(id));
        });
        vendors.shopify(
                "no/topic", "{\"n\":\"" + id + "\",\"who\":\"" + person.toUpperCase(Locale.ROOT) + "@example.com\"}");
        var parked = vendors.newest();
        var file = vendors.asShop("GET", "/api/customers/bottega/" + id, "");
        assertThat(Vendors.read(file.body()).at("/orders/0/signals/0/body").asText())
                .contains(person);

        assertThat(vendors.asShop("DELETE", "/api/customers/bottega/" + id, "").statusCode())
                .isEqualTo(204);

        assertThat(jdbc.sql("select count(*) from signal where lower(body) like :person or lower(headers) like :person")
                        .param("person", "%" + person + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(vendors.signal(parked.id()).state()).isEqualTo(State.IGNORED);
        assertThat(desk.replay(parked.id())).isFalse();
        posts("orders/updated", order -> order.put("contact_email", person + "@example.com"));
        assertThat(jdbc.sql("select count(*) from signal where lower(body) like :person")
                        .param("person", "%" + person + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatAVendorSendsOnceMoreAfterAnErasureStaysForgotten() {
        String event = "again-" + id;
        String body = sample("shopify-order", order -> {
            order.put("id", Long.parseLong(id)).put("contact_email", "gone" + id + "@example.com");
            order.withObject("/customer").put("id", Long.parseLong(id));
        });
        vendors.shopify("orders/create", event, body);
        vendors.newest();
        vendors.asShop("DELETE", "/api/customers/bottega/" + id, "");

        assertThat(vendors.shopify("orders/create", event, body).body()).isEqualTo("{\"signals\":0}");
        assertThat(desk.of(key))
                .singleElement()
                .satisfies(raw -> assertThat(raw.body()).isEqualTo("{}"));
    }

    private Set<Topic> topics() {
        return consents.of(orders.find(key).orElseThrow())
                .orElseThrow()
                .preferences()
                .topics();
    }

    private Signal posts(String topic, Consumer<ObjectNode> change) {
        vendors.shopify(topic, sample("shopify-order", json -> {
            json.put("id", Long.parseLong(id));
            json.withObject("/customer").put("id", Long.parseLong(id));
            change.accept(json);
        }));
        return vendors.newest();
    }

    private void begins(String process, String... waitsFor) {
        var waits = Arrays.stream(waitsFor)
                .map(name -> new JourneyModel.Milestone(name, 1, List.of(), false, false, new Words(name, name, "")))
                .toList();
        models.record(
                "life",
                1,
                new JourneyModel(process, process, null, new Words("Start", "", ""), waits, List.of(), Map.of()));
        journeys.adopt(key, new Travel("life", Long.parseLong(id.substring(9)), process, 1));
        milestones.beginAgain(key);
    }
}
