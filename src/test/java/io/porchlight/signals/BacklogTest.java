package io.porchlight.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.OnEachDatabase;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Shop;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who waits is woken by what they wait for, and by nothing else. */
class BacklogTest {

    private final Backlog backlog;
    private final Inbox inbox;
    private final Shop shop;
    private final JdbcClient jdbc;

    BacklogTest(Backlog backlog, Inbox inbox, Shop shop, JdbcClient jdbc) {
        this.backlog = backlog;
        this.inbox = inbox;
        this.shop = shop;
        this.jdbc = jdbc;
    }

    @OnEachDatabase
    void aMilestoneWhoseOrderNobodyKnowsWakesNobody() {
        waitsFor("1001");

        assertThat(backlog.wake(List.of(new JourneyKey("bottega", "1001")))).isZero();

        shop.sells("1002");
        assertThat(backlog.wake(List.of(new JourneyKey("bottega", "1002")))).isZero();
        shop.sells("1001");
        assertThat(backlog.wake(List.of(new JourneyKey("bottega", "1001")))).isEqualTo(1);
    }

    private void waitsFor(String order) {
        inbox.receive("shop", "bottega", List.of(new Posted("1", "1", "order/paid", null, "{}", Map.of())));
        var signal = backlog.take(1).getFirst();
        backlog.await(signal, "order " + order, List.of(Backlog.order(order)), "There is no such order yet");
        assertThat(jdbc.sql("select count(*) from awaited").query(Integer.class).single())
                .isEqualTo(1);
    }
}
