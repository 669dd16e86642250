package io.porchlight.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.OnEachDatabase;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long a step usually takes is known only from enough orders that really took it. */
class StepTimesTest {

    /** When {@link Shop}'s orders were placed. */
    private static final Instant PLACED = Instant.parse("2026-11-21T10:00:00Z");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Shop shop;
    private final Orders orders;
    private final Journeys journeys;
    private final JdbcClient jdbc;
    private final String process = "process-" + NUMBER.incrementAndGet();

    StepTimesTest(Shop shop, Orders orders, Journeys journeys, JdbcClient jdbc) {
        this.shop = shop;
        this.orders = orders;
        this.journeys = journeys;
        this.jdbc = jdbc;
    }

    @OnEachDatabase
    void takesTheMedianOfEnoughOrders() {
        for (int days : new int[] {2, 3, 4, 5, 90}) {
            var key = travels("d" + days);
            happens(key, "cut", PLACED.plus(Duration.ofDays(1)), false);
            happens(key, "made", PLACED.plus(Duration.ofDays(1 + days)), false);
        }

        assertThat(fresh().usual("bottega", process, "cut", "made")).contains(Duration.ofDays(4));
        assertThat(fresh().usual("bottega", process, null, "cut")).contains(Duration.ofDays(1));
    }

    @OnEachDatabase
    void saysNothingForFewerThanFive() {
        for (int order = 1; order <= 4; order++) {
            happens(travels("o" + order), "cut", PLACED.plus(Duration.ofDays(1)), false);
        }
        happens(travels("implied"), "cut", PLACED.plus(Duration.ofDays(1)), true);
        happens(travels("unseen"), "cut", null, false);
        happens(travels("before"), "cut", PLACED.minus(Duration.ofDays(1)), false);

        assertThat(fresh().usual("bottega", process, null, "cut")).isEmpty();
    }

    @OnEachDatabase
    void learnsNothingFromOtherBrandsAndOtherJourneys() {
        for (int order = 1; order <= 5; order++) {
            happens(travels("o" + order), "cut", PLACED.plus(Duration.ofDays(1)), false);
        }

        assertThat(fresh().usual("bottega", process, null, "cut")).isPresent();
        assertThat(fresh().usual("atelier", process, null, "cut")).isEmpty();
        assertThat(fresh().usual("bottega", "another", null, "cut")).isEmpty();
    }

    /** Without a memory of other tests. */
    private StepTimes fresh() {
        return new StepTimes(jdbc, orders);
    }

    private JourneyKey travels(String orderId) {
        var key = shop.sells(orderId);
        journeys.adopt(key, new Travel("epoch", NUMBER.incrementAndGet(), process, 1));
        return key;
    }

    private void happens(JourneyKey key, String name, @Nullable Instant at, boolean implied) {
        jdbc.sql("""
                        insert into milestone (journey_key, name, parcel, occurrence, implied, occurred_at, received_at,
                            details, state, next_try_at)
                        values (:key, :name, '-', 1, :implied, :at, :now, '{}', 'CORRELATED', :now)
                        """)
                .param("key", key.toString())
                .param("name", name)
                .param("implied", implied)
                .param("at", at == null ? null : Timestamp.from(at))
                .param("now", Timestamp.from(PLACED))
                .update();
    }
}
