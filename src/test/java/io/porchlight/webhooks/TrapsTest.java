package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.signals.Signal;
import io.porchlight.signals.Signal.State;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was seen in real payloads, and must not mislead anybody. */
@WithWebhooks
class TrapsTest {

    private final Vendors vendors;
    private final Orders orders;
    private final Milestones milestones;
    private String id = "";
    private String tracking = "";
    private JourneyKey key = new JourneyKey("bottega", "-");

    TrapsTest(Vendors vendors, Orders orders, Milestones milestones) {
        this.vendors = vendors;
        this.orders = orders;
        this.milestones = milestones;
    }

    @BeforeEach
    void anOrderOfItsOwn() {
        id = Vendors.number();
        tracking = Vendors.tracking();
        key = new JourneyKey("bottega", id);
    }

    @Test
    void idsAboveTwoToThePowerOf53StayExact() {
        posts(order -> order.put("id", 9_223_372_036_854_775_807L));

        assertThat(orders.find(new JourneyKey("bottega", "9223372036854775807")))
                .isPresent();
    }

    @Test
    void aTestOrderStartsNothingAndSaysSo() {
        assertThat(posts(order -> order.put("test", true)))
                .extracting(Signal::state, Signal::reason)
                .containsExactly(State.IGNORED, "This is a test order of Shopify (\"test\": true): nothing begins");
        assertThat(orders.find(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"voided", "refunded"})
    void aVoidedOrderStartsNothingAndSaysSo(String status) {
        assertThat(posts(order -> order.put("financial_status", status)).state())
                .isEqualTo(State.IGNORED);
        assertThat(orders.find(key)).isEmpty();
    }

    @Test
    void anOrderThatWasCancelledFromTheBeginningStartsNothingAndSaysSo() {
        assertThat(posts(order -> order.put("cancelled_at", "2026-11-19T10:00:00Z"))
                        .state())
                .isEqualTo(State.IGNORED);
        assertThat(orders.find(key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, subscribed, true",
        "true, not_subscribed, false",
        "true, pending, false",
        "false, subscribed, false",
        "false, not_subscribed, false"
    })
    void consentFieldsThatContradictEachOtherMeanNoConsent(boolean accepts, String state, boolean consent) {
        posts(order -> {
            order.put("buyer_accepts_marketing", accepts);
            order.withObject("/customer/email_marketing_consent").put("state", state);
        });

        var agreed = order().customer().consent();
        assertThat(agreed).isNotNull().extracting(Order.Consent::marketing).isEqualTo(consent);
    }

    @Test
    void theAddressGivenWithTheOrderCountsAndNotTheAccounts() {
        posts(order -> order.put("contact_email", "gift@example.com").put("email", "other@example.com"));

        assertThat(order().customer().email()).isEqualTo("gift@example.com");
    }

    @Test
    void aTelephoneNumberInLettersIsNoReasonToRefuseAnOrder() {
        posts(order -> order.put("phone", "555-555-SHIP"));

        assertThat(order().customer().phone()).isEqualTo("555-555-SHIP");
    }

    @Test
    void anAddressThatCannotBeWrittenToIsLeftOutAndTold() {
        var signal = posts(order -> order.put("contact_email", "not an address"));

        assertThat(signal.state()).isEqualTo(State.UNDERSTOOD);
        assertThat(signal.reason()).contains("without customer.email");
        assertThat(order().customer().email()).isNull();
    }

    @Test
    void aTrackingNumberWithLineBreaksAndSymbolsIsTheSameNumber() {
        posts(order -> {});
        ships(parcel -> {
            parcel.put("tracking_number", "1Z\n" + tracking.substring(2) + " *");
            parcel.putArray("tracking_numbers").add("1Z\n" + tracking.substring(2) + " *");
        });

        assertThat(scans("in_transit").key()).isEqualTo(key);
    }

    @Test
    void anItemsNameIsUnescapedOnce() {
        posts(order -> order.withArray("/line_items")
                .forEach(line -> ((ObjectNode) line).put("name", "A &amp;amp; B &lt;i&gt;")));

        assertThat(order().lines().getFirst().name()).isEqualTo("A &amp; B <i>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure", "pending", "open", "error"})
    void aParcelThatIsNotOnItsWayIsNotShipped(String status) {
        posts(order -> {});

        assertThat(ships(parcel -> parcel.put("status", status)))
                .extracting(Signal::state, Signal::reason)
                .containsExactly(State.IGNORED, "Its parcel is \"" + status + "\", so nothing was shipped");
        assertThat(milestones.of(key)).isEmpty();
    }

    @Test
    void aParcelMayHoldSomeOfTheLinesOnly() {
        posts(order -> {});
        ships(parcel -> parcel.withArray("/line_items").remove(1));

        var lines = milestones.of(key).getFirst().details().path("lines");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).path("sku").asText()).isEqualTo("derby-42");
    }

    @Test
    void aLineWithoutANumberOfTheShopIsCalledTheSameInOrderAndParcel() {
        posts(order -> {});
        ships(parcel -> {});

        var shipped = milestones.of(key).getFirst().details().path("lines");
        assertThat(shipped.findValuesAsText("sku"))
                .containsExactlyElementsOf(
                        order().lines().stream().map(Order.Line::sku).toList());
    }

    @Test
    void aTimeWithoutAZoneIsNoKnowledge() {
        posts(order -> {});
        ships(parcel -> {});

        vendors.aftership(aftership("aftership-update", json -> {}));
        vendors.newest();

        assertThat(last().name()).isEqualTo("delivered");
        assertThat(last().occurredAt()).isNull();
    }

    @Test
    void aTimeWithAZoneIsBelieved() {
        posts(order -> {});
        ships(parcel -> {});

        vendors.aftership(aftership(
                "aftership-update",
                json -> json.withArray("/msg/checkpoints")
                        .addObject()
                        .put("checkpoint_time", "2026-11-21T09:12:00+01:00")));
        vendors.newest();

        assertThat(last().occurredAt()).isEqualTo(Instant.parse("2026-11-21T08:12:00Z"));
    }

    @Test
    void aTimeThatHasNotComeYetIsNoKnowledge() {
        posts(order -> {});
        ships(parcel -> {});

        vendors.easypost(easypost(
                json -> ((ObjectNode) json.at("/result/tracking_details/1")).put("datetime", "2126-01-01T00:00:00Z")));
        vendors.newest();

        assertThat(last().name()).isEqualTo("out-for-delivery");
        assertThat(last().occurredAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "pre_transit, label-created",
        "in_transit, in-transit",
        "available_for_pickup, ready-for-pickup",
        "delivered, delivered",
        "return_to_sender, returning",
        "failure, exception",
        "cancelled, cancelled"
    })
    void easyPostsWordsAreOurs(String status, String milestone) {
        posts(order -> {});
        ships(parcel -> {});

        assertThat(scans(status).state()).isEqualTo(State.UNDERSTOOD);
        assertThat(last().name()).isEqualTo(milestone);
    }

    @Test
    void idsOfSamplesRepeatAndStillCountEach() {
        posts(order -> {});
        ships(parcel -> {});
        scans("in_transit");
        scans("out_for_delivery");

        assertThat(milestones.of(key))
                .extracting(Milestone::name)
                .containsExactly("shipped", "in-transit", "out-for-delivery");
    }

    @Test
    void aRetryThatDiffersOnlyInItsEnvelopeIsARepeat() {
        vendors.easypost(easypost(json -> {}));
        vendors.newest();

        assertThat(vendors.easypost(
                                easypost(json -> json.putArray("completed_urls").add("https://x.example")))
                        .body())
                .isEqualTo("{\"signals\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"beamed_up", "", "IN_TRANSIT"})
    void wordsThatNobodyKnowsAreKeptShownAndNeverSent(String status) {
        posts(order -> {});
        ships(parcel -> {});

        var signal = scans(status);

        assertThat(signal.state()).isEqualTo(State.PARKED);
        assertThat(signal.reason()).contains("\"" + status + "\"");
        assertThat(milestones.of(key)).hasSize(1);
    }

    @Test
    void severalBoxesOfOneParcelHaveArrivedWithTheLast() {
        posts(order -> {});
        String other = Vendors.tracking();
        ships(parcel -> parcel.putArray("tracking_numbers").add(tracking).add(other));

        assertThat(scans("delivered").reason()).isEqualTo("One box of the parcel arrived, others are still under way");
        assertThat(milestones.of(key)).extracting(Milestone::name).containsExactly("shipped");
        tracking = other;
        scans("delivered");

        assertThat(last().name()).isEqualTo("delivered");
        assertThat(last().parcel()).isEqualTo("4400000000001");
    }

    @Test
    void oneParcelMayHoldSeveralOrders() {
        posts(order -> {});
        ships(parcel -> {});
        var first = key;
        id = Vendors.number();
        key = new JourneyKey("bottega", id);
        posts(order -> {});
        ships(parcel -> {});

        scans("delivered");

        assertThat(milestones.of(first)).extracting(Milestone::name).containsExactly("shipped", "delivered");
        assertThat(milestones.of(key)).extracting(Milestone::name).containsExactly("shipped", "delivered");
    }

    @Test
    void aCarrierMayNameTheOrderByItsNumberBeforeTheParcelIsKnown() {
        posts(order -> order.put("name", "#" + tracking.substring(8)));

        vendors.aftership(aftership(
                "aftership-update", json -> json.withObject("/msg").put("order_number", tracking.substring(8))));
        assertThat(vendors.newest().key()).isEqualTo(key);
        assertThat(milestones.of(key)).extracting(Milestone::parcel).containsExactly(tracking);
        ships(parcel -> {});

        assertThat(milestones.of(key)).extracting(Milestone::parcel).containsOnly("4400000000001");
    }

    @Test
    void twoOrdersOfOneNumberAreLeftToAPerson() {
        String name = "#N" + tracking;
        posts(order -> order.put("name", name));
        id = Vendors.number();
        posts(order -> order.put("name", name));

        vendors.aftership(
                aftership("aftership-update", json -> json.withObject("/msg").put("order_number", name)));

        assertThat(vendors.newest())
                .extracting(Signal::state, Signal::reason)
                .containsExactly(
                        State.PARKED, "There are 2 orders called " + name + "; attach it to the one that is meant");
    }

    @Test
    void theCarriersNewEstimateIsTheNewPromise() {
        posts(order -> {});
        ships(parcel -> {});

        vendors.aftership(aftership("aftership-edd", json -> {}));
        vendors.newest();

        var told = orders.promises(key).getLast();
        assertThat(told.promise().from()).isEqualTo("2026-11-24");
        assertThat(told.promise().to()).isEqualTo("2026-11-26");
        assertThat(told.because()).isEqualTo("extreme weather");
    }

    @Test
    void wooCommerceTellsInUtcWithoutSayingSo() {
        woo("order.created", json -> {});

        assertThat(order().placedAt()).isEqualTo("2026-11-19T14:00:04Z");
        assertThat(order().lines().getFirst().name()).isEqualTo("Derby – oxblood");
        assertThat(order().customer().id()).isEqualTo("guest:bob@example.com");
        assertThat(order().customer().consent()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "on-hold"})
    void wooCommercesUnpaidOrdersStartNothing(String status) {
        assertThat(woo("order.created", json -> json.put("status", status)).state())
                .isEqualTo(State.IGNORED);
        assertThat(orders.find(key)).isEmpty();
    }

    @Test
    void wooCommercesOrderIsShippedWhenItIsCompleted() {
        woo("order.created", json -> {});
        woo(
                "order.updated",
                json -> json.put("status", "completed")
                        .put("date_modified_gmt", "2026-11-20T10:00:00")
                        .put("date_completed_gmt", "2026-11-20T10:00:00"));

        assertThat(last().name()).isEqualTo("shipped");
        assertThat(last().occurredAt()).isEqualTo("2026-11-20T10:00:00Z");
    }

    private Order order() {
        return orders.find(key).orElseThrow();
    }

    private Milestone last() {
        return milestones.of(key).getLast();
    }

    private Signal posts(Consumer<ObjectNode> change) {
        vendors.shopify("orders/create", sample("shopify-order", json -> {
            json.put("id", Long.parseLong(id));
            change.accept(json);
        }));
        return vendors.newest();
    }

    private Signal ships(Consumer<ObjectNode> change) {
        vendors.shopify("fulfillments/create", sample("shopify-fulfillment", json -> {
            json.put("order_id", Long.parseLong(id)).put("tracking_number", tracking);
            json.putArray("tracking_numbers").add(tracking);
            change.accept(json);
        }));
        return vendors.newest();
    }

    private Signal scans(String status) {
        vendors.easypost(easypost(json -> json.withObject("/result").put("status", status)));
        return vendors.newest();
    }

    private Signal woo(String topic, Consumer<ObjectNode> change) {
        vendors.woo(topic, sample("woocommerce-order", json -> {
            json.put("id", Long.parseLong(id));
            change.accept(json);
        }));
        return vendors.newest();
    }

    private String easypost(Consumer<ObjectNode> change) {
        return sample("easypost-tracker", json -> {
            json.withObject("/result").put("id", "trk" + tracking).put("tracking_code", tracking);
            change.accept(json);
        });
    }

    private String aftership(String name, Consumer<ObjectNode> change) {
        return sample(name, json -> {
            json.put("event_id", name + id);
            json.withObject("/msg").put("id", "as" + tracking).put("tracking_number", tracking);
            change.accept(json);
        });
    }
}
