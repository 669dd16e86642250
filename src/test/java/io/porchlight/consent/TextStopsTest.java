package io.porchlight.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.consent.Suppression.Reason;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Phone.Mobile;
import io.porchlight.orders.Shop;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A STOP is kept for a number at a brand, and nobody can read whose it is. */
class TextStopsTest {

    private static final Mobile BOB = new Mobile("+393471234567");

    private final TextStops stops;
    private final Consents consents;
    private final Orders orders;
    private final Shop shop;
    private final JdbcClient jdbc;

    TextStopsTest(TextStops stops, Consents consents, Orders orders, Shop shop, JdbcClient jdbc) {
        this.stops = stops;
        this.consents = consents;
        this.orders = orders;
        this.shop = shop;
        this.jdbc = jdbc;
    }

    @OnEachDatabase
    void holdsForOneNumberAtOneBrandUntilStart() {
        stops.begin("bottega", BOB);
        stops.begin("bottega", BOB);

        assertThat(stops.hold("bottega", BOB)).isTrue();
        assertThat(stops.hold("atelier", BOB)).isFalse();
        assertThat(stops.hold("bottega", new Mobile("+393471234568"))).isFalse();

        stops.end("bottega", BOB);
        assertThat(stops.hold("bottega", BOB)).isFalse();
    }

    @OnEachDatabase
    void winsOverWhatTheShopSaysAndLeavesEmailAlone() {
        var order = sells("347 123 4567");
        assertThat(consent(order).allowsTexts()).isTrue();

        stops.begin("bottega", BOB);

        var consent = consent(order);
        assertThat(consent.allowsTexts()).isFalse();
        assertThat(consent.textsStopped().orElseThrow().reason()).isEqualTo(Reason.STOPPED);
        assertThat(consent.silenced()).isEmpty();
        assertThat(consent.marketingStopped()).isEmpty();
    }

    @OnEachDatabase
    void keepsNoNumber() {
        stops.begin("bottega", BOB);

        assertThat(jdbc.sql("select * from suppression").query().listOfRows().toString())
                .doesNotContain("347");
    }

    private Consent consent(Order order) {
        return consents.of(order).orElseThrow();
    }

    private Order sells(String phone) {
        var posted = shop.posted(Shop.order("1")
                .replace("en-US", "it-IT")
                .replace("bob@example.com\"", "bob@example.com\",\"phone\":\"" + phone + "\"")
                .replace("\"sms\":false", "\"sms\":true"));
        assertThat(orders.place(posted)).isEqualTo(Orders.Outcome.NEW);
        return orders.find(new JourneyKey("bottega", "1")).orElseThrow();
    }
}
