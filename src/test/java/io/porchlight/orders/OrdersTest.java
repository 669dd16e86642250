package io.porchlight.orders;

import static io.porchlight.orders.Orders.Outcome.CONFLICT;
import static io.porchlight.orders.Orders.Outcome.NEW;
import static io.porchlight.orders.Orders.Outcome.SAME;
import static java.util.Collections.frequency;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.database.Rows;
import io.porchlight.database.Together;
import io.porchlight.orders.Journey.State;
import io.porchlight.orders.Orders.Told;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A shop may tell of an order as often as it likes: it is one order. */
class OrdersTest {

    private static final JourneyKey KEY = new JourneyKey("bottega", "1001");

    private final Orders orders;
    private final Journeys journeys;
    private final Shop shop;
    private final JdbcClient jdbc;

    OrdersTest(Orders orders, Journeys journeys, Shop shop, JdbcClient jdbc) {
        this.orders = orders;
        this.journeys = journeys;
        this.shop = shop;
        this.jdbc = jdbc;
    }

    @OnEachDatabase
    void writesDownTheOrderWhatWasPromisedAndThatItsJourneyWaits() {
        assertThat(orders.none()).isTrue();

        var posted = shop.posted(Shop.order("1001"));
        assertThat(orders.place(posted)).isEqualTo(NEW);

        assertThat(orders.none()).isFalse();
        assertThat(orders.find(KEY)).contains(posted.content());
        assertThat(orders.promises(KEY))
                .containsExactly(new Told(requireNonNull(posted.content().promise()), MovableClock.START));
        assertThat(journeys.find(KEY)).contains(new Journey(KEY, State.WAITING, null, null));
    }

    @OnEachDatabase
    void knowsARepeatAndWritesNothing() {
        shop.sells("1001");
        var before = Rows.counted(jdbc);

        assertThat(orders.place(shop.posted(Shop.order("1001")))).isEqualTo(SAME);

        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @OnEachDatabase
    void knowsARepeatWhateverTheOrderOfItsKeys() {
        var one = """
                {"brand":"bottega","orderId":"1001","placedAt":"2026-11-21T10:00:00Z","x":{"a":[{"b":1,"c":2}],"d":3},
                 "customer":{"id":"c-77","name":"Bob"},"lines":[{"sku":"derby","name":"Derby","quantity":1}]}""";
        var other = """
                {"lines":[{"quantity":1,"name":"Derby","sku":"derby"}],  "customer":{"name":"Bob","id":"c-77"},
                 "x":{"d":3,"a":[{"c":2,"b":1}]},"placedAt":"2026-11-21T10:00:00Z","orderId":"1001","brand":"bottega"}""";

        assertThat(orders.place(shop.posted(one))).isEqualTo(NEW);
        assertThat(orders.place(shop.posted(other))).isEqualTo(SAME);
    }

    @OnEachDatabase
    void refusesOtherContentUnderAKnownIdAndKeepsTheFirst() {
        shop.sells("1001");
        var before = Rows.counted(jdbc);

        var changed = shop.posted(Shop.order("1001").replace("Bob Rossi", "Jane Rossi"));
        assertThat(orders.place(changed)).isEqualTo(CONFLICT);

        assertThat(orders.find(KEY)).map(order -> order.customer().name()).contains("Bob Rossi");
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @OnEachDatabase
    void isOneOrderWhenTwentyPostItAtOnce() {
        var posted = shop.posted(Shop.order("1001"));

        var outcomes = Together.all(20, number -> orders.place(posted));

        assertThat(frequency(outcomes, NEW)).isEqualTo(1);
        assertThat(frequency(outcomes, SAME)).isEqualTo(19);
        assertThat(Rows.counted(jdbc))
                .containsEntry("orders", 1L)
                .containsEntry("journey", 1L)
                .containsEntry("link", 2L)
                .containsEntry("promise", 1L);
    }

    @OnEachDatabase
    void isOneOrderWhenTwentyPostDifferentOnesUnderItsIdAtOnce() {
        var outcomes = Together.all(
                20, number -> orders.place(shop.posted(Shop.order("1001").replace("Bob Rossi", "Bob the " + number))));

        assertThat(frequency(outcomes, NEW)).isEqualTo(1);
        assertThat(frequency(outcomes, CONFLICT)).isEqualTo(19);
        assertThat(Rows.counted(jdbc)).containsEntry("orders", 1L).containsEntry("journey", 1L);
    }

    @OnEachDatabase
    void keepsAnyTextThatUnicodeAllows() {
        var name = "Bòb \\u0000 \\u200F \\uD83D\\uDC5E \\u2028 \\\\ \\\" ' ; drop table orders; --";
        var posted = shop.posted(Shop.order("1001").replace("Bob Rossi", name));

        assertThat(orders.place(posted)).isEqualTo(NEW);

        assertThat(orders.find(KEY))
                .map(order -> order.customer().name())
                .contains("Bòb \0 \u200F \uD83D\uDC5E \u2028 \\ \" ' ; drop table orders; --");
    }
}
