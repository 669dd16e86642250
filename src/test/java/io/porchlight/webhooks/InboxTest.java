package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porchlight.database.Rows;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Shop;
import io.porchlight.signals.Senders;
import io.porchlight.signals.Signal;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Wanted;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing that was answered with 2xx is lost or counted twice, whatever becomes of it. */
@WithWebhooks
class InboxTest {

    private static final JourneyKey NOBODY = new JourneyKey("bottega", "nobody");

    private final Vendors vendors;
    private final SignalDesk desk;
    private final Senders senders;
    private final Orders orders;
    private final Milestones milestones;
    private final JdbcClient jdbc;
    private final Clock clock;
    private String id = "";
    private String tracking = "";
    private JourneyKey key = NOBODY;

    InboxTest(
            Vendors vendors,
            SignalDesk desk,
            Senders senders,
            Orders orders,
            Milestones milestones,
            JdbcClient jdbc,
            Clock clock) {
        this.vendors = vendors;
        this.desk = desk;
        this.senders = senders;
        this.orders = orders;
        this.milestones = milestones;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @BeforeEach
    void anOrderOfItsOwn() {
        id = Vendors.number();
        tracking = Vendors.tracking();
        key = new JourneyKey("bottega", id);
    }

    @Test
    void aRepeatIsNotWrittenTwice() {
        vendors.shopify("orders/create", "repeated-" + id, order());
        vendors.settled();
        var before = Rows.counted(jdbc);

        var again = vendors.shopify("orders/create", "repeated-" + id, order());

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo("{\"signals\":0}");
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsParkedOnceAndChangesNothing() {
        vendors.shopify("orders/create", "forged-" + id, order());
        vendors.settled();
        var first = vendors.newest();
        String other = sample(
                "shopify-order", json -> json.put("id", Long.parseLong(id)).put("contact_email", "x@example.com"));

        assertThat(vendors.shopify("orders/create", "forged-" + id, other).statusCode())
                .isEqualTo(200);
        assertThat(vendors.shopify("orders/create", "forged-" + id, other).body())
                .isEqualTo("{\"signals\":0}");

        var parked = vendors.newest();
        assertThat(parked.state()).isEqualTo(State.PARKED);
        assertThat(parked.reason()).contains("signal " + first.id()).contains("something else");
        assertThat(orders.find(key).orElseThrow().customer().email()).isEqualTo("jane@example.com");
    }

    @Test
    void whatIsAboutAnUnknownOrderWaitsAndIsReplayedWhenItComes() {
        vendors.shopify("fulfillments/create", fulfillment());
        var waiting = vendors.newest();
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.about()).isEqualTo("order " + id);
        assertThat(waiting.reason()).isEqualTo("We know of no order " + id + " yet; it is tried when it comes");
        vendors.easypost(scan("out_for_delivery"));
        var scanned = vendors.newest();
        assertThat(scanned.about()).isEqualTo("parcel " + tracking);

        vendors.shopify("orders/create", order());

        understood(waiting);
        understood(scanned);
        assertThat(milestones.of(key)).extracting(Milestone::name).containsExactly("shipped", "out-for-delivery");
        assertThat(milestones.of(key)).extracting(Milestone::parcel).containsOnly("4400000000001");
        assertThat(vendors.signal(scanned.id()).key()).isEqualTo(key);
    }

    @Test
    void anOrderOfTheApiIsFoundByTheTrackingNumberOfItsMilestones() {
        vendors.easypost(scan("in_transit"));
        var scanned = vendors.newest();
        vendors.asShop("POST", "/api/orders", Shop.order(id));
        assertThat(vendors.signal(scanned.id()).state()).isEqualTo(State.WAITING);

        vendors.asShop(
                "POST",
                "/api/orders/bottega/" + id + "/milestones",
                "{\"id\":\"w\",\"name\":\"shipped\",\"details\":{\"parcel\":\"p1\",\"trackingNumber\":\"%s\"}}"
                        .formatted(tracking.toLowerCase(Locale.ROOT)));

        understood(scanned);
        assertThat(milestones.of(key)).extracting(Milestone::parcel).containsExactly("p1", "p1");
    }

    @Test
    void nobodyWaitsLongerThanThirtyDays() {
        vendors.easypost(scan("in_transit"));
        var waiting = vendors.newest();
        jdbc.sql("update signal set received_at = :long, next_try_at = :now where id = :id")
                .param("long", Timestamp.from(clock.instant().minus(Duration.ofDays(30))))
                .param("now", Timestamp.from(clock.instant()))
                .param("id", waiting.id())
                .update();

        Vendors.await("it is parked", () -> vendors.signal(waiting.id()).state() == State.PARKED);
        assertThat(vendors.signal(waiting.id()).reason()).startsWith("No order came for it in 30 days.");
    }

    @Test
    void poisonIsParkedAfterFiveTriesWhileOthersFlow() {
        vendors.poison("{\"bad\":\"" + id + "\"}");
        long bad = desk.list(Wanted.ALL, 1).getFirst().id();
        for (int tries = 1; tries < 5; tries++) {
            int counted = tries;
            Vendors.await("it was tried " + counted + " times", () -> tried(bad, counted));
            assertThat(vendors.signal(bad).reason()).contains("a bug that nobody foresaw");
            vendors.poison("{\"good\":true,\"n\":\"" + id + "-" + tries + "\"}");
            assertThat(vendors.newest().state()).isEqualTo(State.IGNORED);
            hurry(bad);
        }

        Vendors.await("it is parked", () -> vendors.signal(bad).state() == State.PARKED);
        assertThat(vendors.signal(bad).reason()).startsWith("It failed 5 times");
    }

    @Test
    void whatTookTheWholeApplicationDownIsNotBegunForEver() {
        vendors.poison("{\"bad\":\"" + id + "\"}");
        long bad = desk.list(Wanted.ALL, 1).getFirst().id();
        Vendors.await("it was tried once", () -> tried(bad, 1));
        jdbc.sql("update signal set attempts = 5, state = 'NEW', reason = null where id = :id")
                .param("id", bad)
                .update();
        hurry(bad);

        Vendors.await("it is parked", () -> vendors.signal(bad).state() == State.PARKED);
        assertThat(vendors.signal(bad).reason()).isEqualTo("It was begun 5 times and never done");
    }

    @Test
    void aPersonAttachesASignalToItsOrder() {
        vendors.shopify("orders/create", order());
        vendors.easypost(scan("in_transit"));
        var waiting = vendors.newest();

        assertThatThrownBy(() -> desk.attachToOrder(waiting.id(), NOBODY)).isInstanceOf(Refusal.class);
        assertThat(desk.attachToOrder(waiting.id(), key)).isTrue();

        understood(waiting);
        assertThat(milestones.of(key)).extracting(Milestone::name).containsExactly("in-transit");
        vendors.easypost(scan("delivered"));
        assertThat(vendors.newest().key()).isEqualTo(key);
    }

    @Test
    void aPersonIgnoresASignalAndSaysWhy() {
        vendors.shopify("no/topic", "{\"id\":\"" + id + "\"}");
        var parked = vendors.newest();

        assertThat(desk.ignore(parked.id(), "we do not sell this")).isTrue();

        assertThat(vendors.signal(parked.id()))
                .extracting(Signal::state, Signal::reason)
                .containsExactly(State.IGNORED, "we do not sell this");
        assertThat(desk.replay(parked.id())).isTrue();
        assertThat(vendors.settled(parked.id()).state()).isEqualTo(State.PARKED);
        assertThat(desk.replay(-1)).isFalse();
    }

    @Test
    void theDeskListsWhatCameAsItCame() {
        Instant before = clock.instant().minusSeconds(1);
        vendors.shopify("no/topic", "{\"id\":   \"" + id + "\"}");
        var parked = vendors.newest();

        assertThat(desk.list(
                        new Wanted(
                                State.PARKED,
                                "shopify",
                                "bottega",
                                before,
                                clock.instant().plusSeconds(60)),
                        100))
                .contains(parked);
        assertThat(desk.list(new Wanted(null, null, null, null, before), 10_000))
                .doesNotContain(parked);
        assertThat(desk.list(new Wanted(null, "easypost", null, null, null), 10_000))
                .doesNotContain(parked);
        var raw = desk.find(parked.id()).orElseThrow();
        assertThat(raw.body()).isEqualTo("{\"id\":   \"" + id + "\"}");
        assertThat(raw.headers())
                .containsEntry("x-shopify-topic", "no/topic")
                .doesNotContainKey("x-shopify-hmac-sha256");
        assertThat(desk.counts(Wanted.ALL))
                .anySatisfy(count -> assertThat(count.state()).isEqualTo(State.PARKED));
    }

    @Test
    void aSenderThatHasGoneQuietIsNoticed() {
        for (int i = 0; i < 6; i++) {
            vendors.aftership("{\"event_id\":\"%s-%s\"}".formatted(id, i));
        }
        var usual = sender("aftership");
        assertThat(usual.quiet()).isFalse();
        assertThat(usual.usualGap()).isEqualTo(Duration.ofMinutes(10));

        var all = desk.list(new Wanted(null, "aftership", null, null, null), 1_000);
        for (int i = 0; i < all.size(); i++) {
            jdbc.sql("update signal set received_at = :then where id = :id")
                    .param("then", Timestamp.from(clock.instant().minus(Duration.ofHours(13 + 2L * i))))
                    .param("id", all.get(i).id())
                    .update();
        }

        assertThat(sender("aftership").usualGap()).isCloseTo(Duration.ofHours(2), Duration.ofMinutes(1));
        assertThat(sender("aftership").quiet()).isTrue();
    }

    @Test
    void aThinCallForManyOrdersBecomesASignalForEach() {
        var ids = List.of(Vendors.number(), Vendors.number(), Vendors.number());
        var batch = Vendors.JSON.createArrayNode();
        ids.forEach(one -> batch.add(Vendors.read(sample("cloudevent-order", json -> {
            json.put("id", "batch-" + one);
            json.withObject("/data").put("orderId", one);
        }))));

        var answer = vendors.cloudEvent("application/cloudevents-batch+json", batch.toString());

        assertThat(answer.body()).isEqualTo("{\"signals\":3}");
        vendors.settled();
        assertThat(ids)
                .allSatisfy(one ->
                        assertThat(orders.find(new JourneyKey("bottega", one))).isPresent());
    }

    private Senders.Sender sender(String source) {
        return senders.all().stream()
                .filter(sender -> sender.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private boolean tried(long signal, int times) {
        var row = vendors.signal(signal);
        return row.attempts() == times && row.reason() != null;
    }

    private void hurry(long signal) {
        jdbc.sql("update signal set next_try_at = :now where id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", signal)
                .update();
        vendors.poison("{\"good\":true,\"bell\":\"" + Vendors.number() + "\"}");
    }

    private void understood(Signal signal) {
        Vendors.await("it is understood", () -> vendors.signal(signal.id()).state() == State.UNDERSTOOD);
    }

    private String order() {
        return sample("shopify-order", json -> json.put("id", Long.parseLong(id)));
    }

    private String fulfillment() {
        return sample("shopify-fulfillment", json -> {
            json.put("order_id", Long.parseLong(id)).put("tracking_number", tracking);
            json.putArray("tracking_numbers").add(tracking);
        });
    }

    private String scan(String status) {
        return sample("easypost-tracker", json -> {
            json.put("id", "evt-" + id + status);
            json.withObject("/result")
                    .put("id", "trk-" + id)
                    .put("status", status)
                    .put("tracking_code", tracking);
        });
    }
}
