package io.porchlight.ledger;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a customer has heard is counted over all of their orders, and only what left or may have left. */
class TallyTest {

    private final Tally tally;
    private final Ledger ledger;
    private final Shop shop;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    TallyTest(Tally tally, Ledger ledger, Shop shop, JdbcClient jdbc, MovableClock clock) {
        this.tally = tally;
        this.ledger = ledger;
        this.shop = shop;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @OnEachDatabase
    void countsMarketingAboutAllOrdersOfACustomer() {
        var one = shop.sells("1001");
        var other = shop.sells("1002");
        plan(one, "SentOffer", MARKETING, "SENT");
        plan(other, "UnknownOffer", MARKETING, "UNKNOWN");
        plan(other, "SkippedOffer", MARKETING, "SKIPPED");
        plan(one, "News", TRANSACTIONAL, "SENT");
        var asked = plan(other, "Asked", MARKETING, "PLANNED");
        var start = clock.instant();
        clock.pass(Duration.ofDays(2));

        assertThat(tally.otherMarketing(asked, List.of(one, other), start.minusSeconds(1)))
                .containsExactly(start, start);
        assertThat(tally.otherMarketing(asked, List.of(one, other), start.plusSeconds(1)))
                .isEmpty();
    }

    @OnEachDatabase
    void countsEverythingAboutOneOrder() {
        var one = shop.sells("1001");
        plan(shop.sells("1002"), "Elsewhere", TRANSACTIONAL, "SENT");
        var sent = plan(one, "Sent", TRANSACTIONAL, "SENT");
        var claimed = plan(one, "Claimed", MARKETING, "CLAIMED");
        plan(one, "Failed", TRANSACTIONAL, "FAILED");
        var asked = plan(one, "Asked", TRANSACTIONAL, "CLAIMED");

        assertThat(tally.heard(Set.of(one)).get(one)).containsExactlyInAnyOrder(sent.id(), claimed.id(), asked.id());
    }

    private Notification plan(JourneyKey key, String step, MessageClass messageClass, String state) {
        ledger.plan(new Plan(key, "shoes", step, Occurrence.FIRST, "email", "shoes/x", messageClass, null, 0, null));
        jdbc.sql("update notification set state = :state, settled_at = :now where step = :step")
                .param("state", state)
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .param("step", step)
                .update();
        return ledger.of(key).getLast();
    }
}
