package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Orders;
import io.porchlight.signals.Signal.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Shopify shop is plugged in: its orders begin journeys, its parcels move them on. */
@WithWebhooks
class ShopifyTest {

    private final Vendors vendors;
    private final Orders orders;
    private final Milestones milestones;
    private String id = "";
    private JourneyKey key = new JourneyKey("bottega", "-");

    ShopifyTest(Vendors vendors, Orders orders, Milestones milestones) {
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
    void placesAnOrder() {
        assertThat(vendors.shopify("orders/create", order()).statusCode()).isEqualTo(200);

        var signal = vendors.newest();
        assertThat(signal.state()).isEqualTo(State.UNDERSTOOD);
        assertThat(signal.key()).isEqualTo(key);
        var order = orders.find(key).orElseThrow();
        assertThat(order.orderId()).isEqualTo(id);
        assertThat(order.customer().email()).isEqualTo("jane@example.com");
        assertThat(order.customer().phone()).isEqualTo("555-555-SHIP");
        assertThat(order.lines().getFirst().name()).isEqualTo("Derby & Co. shoes - Oxblood");
        assertThat(order.lines()).hasSize(2);
    }

    @Test
    void tellsOfAParcelAndItsJourney() {
        vendors.shopify("orders/create", order());
        vendors.shopify("fulfillments/create", sample("shopify-fulfillment", json -> json.put("order_id", number())));
        vendors.shopify(
                "fulfillment_events/create",
                sample("shopify-fulfillment-event", json -> json.put("order_id", number())));
        vendors.settled();

        assertThat(milestones.of(key))
                .extracting(Milestone::name, Milestone::parcel)
                .containsExactly(tuple("shipped", "4400000000001"), tuple("in-transit", "4400000000001"));
    }

    private long number() {
        return Long.parseLong(id);
    }

    private String order() {
        return sample("shopify-order", json -> json.put("id", number()));
    }
}
