package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Milestone;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In whatever order the events of an order arrive, the same is known of it in the end. */
@WithWebhooks
class PermutationTest {

    /** One event of an order, as it is posted. */
    private interface Event {
        void post(String id, String tracking);
    }

    private static final int ORDERS = 60;

    private final Vendors vendors;
    private final SignalDesk desk;
    private final Orders orders;
    private final Milestones milestones;
    private final Journeys journeys;
    private final Models models;
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
            Vendors vendors, SignalDesk desk, Orders orders, Milestones milestones, Journeys journeys, Models models) {
        this.vendors = vendors;
        this.desk = desk;
        this.orders = orders;
        this.milestones = milestones;
        this.journeys = journeys;
        this.models = models;
    }

    @Test
    void anyOrderOfAnOrdersEventsGivesTheSameFacts() throws Exception {
        var random = new Random(4);
        var wanted = "";
        for (int n = 0; n < ORDERS; n++) {
            var shuffled = new ArrayList<>(events);
            if (n > 0) {
                Collections.shuffle(shuffled, random);
            }
            String id = Vendors.number();
            String tracking = Vendors.tracking();
            shuffled.forEach(event -> event.post(id, tracking));
            Vendors.await(
                    "all of " + id + " is understood",
                    () -> desk.of(new JourneyKey("bottega", id)).size() == 6
                            && desk.of(new JourneyKey("bottega", id)).stream()
                                    .allMatch(raw -> raw.signal().state() == State.UNDERSTOOD));

            var facts = facts(id, tracking);
            wanted = n == 0 ? facts : wanted;

            assertThat(facts)
                    .as(shuffled.stream().map(events::indexOf).toList().toString())
                    .isEqualTo(wanted);
        }
        assertThat(wanted).contains("new@example.com", "\"marketing\":false", "in-transit", "NEW delivered -");
    }

    /** Everything that letters and pages are made from, without ids and the times of arrival. */
    private String facts(String id, String tracking) throws JsonProcessingException {
        var key = new JourneyKey("bottega", id);
        var travel = new Travel("permutations", Long.parseLong(id.substring(9)), "trial", 1);
        models.record(travel.engineEpoch(), travel.version(), model());
        journeys.adopt(key, travel);
        milestones.beginAgain(key);
        var known = milestones.of(key).stream()
                .map(milestone -> milestone.state() + " " + milestone.name() + " " + milestone.parcel() + " "
                        + milestone.occurrence() + " " + milestone.implied() + " " + milestone.occurredAt() + " "
                        + milestone.details())
                .sorted()
                .toList();
        var told = orders.promises(key).stream()
                .map(promise -> promise.promise() + " " + promise.because())
                .toList();
        return (Vendors.JSON.writeValueAsString(Map.of(
                                "email",
                                        String.valueOf(orders.find(key)
                                                .orElseThrow()
                                                .customer()
                                                .email()),
                                "lines", orders.find(key).orElseThrow().lines().size()))
                        + orders.find(key).orElseThrow().customer().consent()
                        + known
                        + told)
                .replace("Consent[marketing=false", "\"marketing\":false")
                .replace(id, "<id>")
                .replace(tracking, "<tracking>");
    }

    private static JourneyModel model() {
        return new JourneyModel(
                "trial",
                "Trial",
                Duration.ofDays(3),
                new Words("OrderPlaced", "Confirmed", ""),
                List.of(
                        new Milestone("shipped", 1, List.of(), false, true, new Words("Shipped", "Shipped", "")),
                        new Milestone(
                                "delivered", 2, List.of("shipped"), false, true, new Words("Delivered", "Here", ""))),
                List.of(),
                Map.of());
    }

    private void shopify(String topic, String sample, String id, String tracking, String changes) {
        vendors.shopify(topic, sample(sample, json -> {
            json.put("order_id", Long.parseLong(id));
            if (sample.equals("shopify-order")) {
                json.put("id", Long.parseLong(id));
            }
            json.put("tracking_number", tracking);
            json.putArray("tracking_numbers").add(tracking);
            json.setAll((ObjectNode) Vendors.read("{" + changes + "}"));
        }));
    }

    private void estimated(String id, String tracking) {
        vendors.aftership(sample("aftership-edd", json -> {
            json.put("event_id", "edd-" + id);
            json.withObject("/msg").put("tracking_number", tracking);
        }));
    }

    private void delivered(String id, String tracking) {
        vendors.easypost(sample("easypost-tracker", json -> {
            json.put("id", "evt-" + id);
            json.withObject("/result")
                    .put("id", "trk-" + id)
                    .put("tracking_code", tracking)
                    .put("status", "delivered");
            ((ObjectNode) json.at("/result/tracking_details/1")).put("datetime", "2026-11-21T07:00:00Z");
        }));
    }
}
