package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Orders;
import io.porchlight.signals.Signal.State;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A system of the brand's own speaks our own words, by Standard Webhooks or CloudEvents. */
@WithWebhooks
class OwnEventsTest {

    private final Vendors vendors;
    private final Orders orders;
    private final Milestones milestones;
    private String id = "";
    private JourneyKey key = new JourneyKey("bottega", "-");

    OwnEventsTest(Vendors vendors, Orders orders, Milestones milestones) {
        this.vendors = vendors;
        this.orders = orders;
        this.milestones = milestones;
    }

    @BeforeEach
    void anOrderOfItsOwn() {
        id = Vendors.number();
        key = new JourneyKey("bottega", id);
    }

    @Test
    void tellsAWholeStoryByStandardWebhooks() {
        places();
        vendors.standard(
                sample("standard-milestone", json -> json.withObject("/data").put("orderId", id)));
        vendors.standard("""
                {"type":"promise.changed","timestamp":"2026-11-20T09:00:00Z",
                 "data":{"orderId":"%s","from":"2027-01-11","to":"2027-01-15","because":"the last was broken"}}
                """.formatted(id));
        vendors.standard("""
                {"type":"order.cancelled","timestamp":"2026-11-20T10:00:00Z","data":{"orderId":"%s","reason":"no leather"}}
                """.formatted(id));
        vendors.settled();

        assertThat(milestones.of(key))
                .extracting(Milestone::name)
                .containsExactly("leather-cut", Milestone.ORDER_CANCELLED);
        assertThat(milestones.of(key).getLast().attached("because")).isEqualTo("no leather");
        assertThat(orders.promises(key).getLast().because()).isEqualTo("the last was broken");
    }

    @Test
    void theSameMilestoneOfApiAndWebhookIsOne() {
        places();
        vendors.standard(
                sample("standard-milestone", json -> json.withObject("/data").put("orderId", id)));
        vendors.settled();

        var answer = vendors.asShop(
                "POST",
                "/api/orders/bottega/" + id + "/milestones",
                Vendors.read(sample(
                                "standard-milestone",
                                json -> json.withObject("/data").remove("orderId")))
                        .path("data")
                        .toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(milestones.of(key)).hasSize(1);
    }

    @Test
    void tellsByCloudEventsInBinaryMode() {
        places();

        var answer = vendors.send(vendors.request("cloudevents")
                .header("Authorization", "Bearer old-token")
                .header("ce-specversion", "1.0")
                .header("ce-id", "b-" + id)
                .header("ce-source", "/workshop")
                .header("ce-type", "milestone.reached")
                .header("ce-subject", id)
                .header("ce-time", "2026-11-20T08:10:00Z")
                .POST(BodyPublishers.ofString("{\"id\":\"w-1\",\"name\":\"leather-cut\"}", UTF_8)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(vendors.newest().state()).isEqualTo(State.UNDERSTOOD);
        assertThat(milestones.of(key)).extracting(Milestone::name).containsExactly("leather-cut");
    }

    @Test
    void knowsACloudEventBySourceAndId() {
        String event = sample("cloudevent-order", json -> {
            json.put("id", "same-" + id);
            json.withObject("/data").put("orderId", id);
        });
        assertThat(vendors.cloudEvent("application/cloudevents+json; charset=UTF-8", event)
                        .body())
                .isEqualTo("{\"signals\":1}");
        assertThat(vendors.cloudEvent("application/cloudevents+json", event).body())
                .isEqualTo("{\"signals\":0}");
        assertThat(vendors.cloudEvent(
                                "application/cloudevents-batch+json",
                                "[" + event.replace("/shops/milano", "/shops/roma") + "]")
                        .body())
                .isEqualTo("{\"signals\":1}");
    }

    @Test
    void parksAnOrderThatIsWrongAndNamesTheField() {
        vendors.cloudEvent("application/cloudevents+json", sample("cloudevent-order", json -> {
            json.put("id", "wrong-" + id);
            json.withObject("/data").put("orderId", id).putArray("lines");
        }));

        var signal = vendors.newest();
        assertThat(signal.state()).isEqualTo(State.PARKED);
        assertThat(signal.reason()).startsWith("It cannot be taken over: lines ");
        assertThat(orders.find(key)).isEmpty();
    }

    @Test
    void parksWhatSpeaksOfAnotherBrandOrInOtherWords() {
        vendors.standard("{\"type\":\"order.placed\",\"data\":{\"brand\":\"atelier\",\"orderId\":\"1\"}}");
        assertThat(vendors.newest().reason()).isEqualTo("It speaks of the brand atelier, and came for bottega");
        vendors.standard("{\"type\":\"order.eaten\",\"data\":{}}");
        assertThat(vendors.newest().reason()).isEqualTo("\"order.eaten\" means nothing to us");
        vendors.standard("{\"type\":\"order.placed\",\"data\":7}");
        assertThat(vendors.newest().reason()).isEqualTo("Its data is no JSON object");
    }

    private void places() {
        vendors.cloudEvent("application/cloudevents+json", sample("cloudevent-order", json -> {
            json.put("id", "placed-" + id);
            json.withObject("/data").put("orderId", id);
        }));
        assertThat(vendors.newest().state()).isEqualTo(State.UNDERSTOOD);
    }
}
