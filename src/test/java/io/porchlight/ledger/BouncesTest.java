package io.porchlight.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.orders.JourneyKey;
import java.time.Duration;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What came back is written down once, and counted. */
class BouncesTest {

    private static final JourneyKey KEY = new JourneyKey("bottega", "1001");

    private final Ledger ledger;
    private final Bounces bounces;
    private final TakeBacks takeBacks;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    BouncesTest(
            Ledger ledger,
            Bounces bounces,
            TakeBacks takeBacks,
            MovableClock clock,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.bounces = bounces;
        this.takeBacks = takeBacks;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @OnEachDatabase
    void writesTheSameEventDownOnce() {
        var letter = planned("Confirmed");

        assertThat(record(letter, Kind.SOFT, "a")).isTrue();
        assertThat(record(letter, Kind.HARD, "a")).isFalse();
        assertThat(record(letter, Kind.HARD, "b")).isTrue();
        assertThat(record(planned("Shipped"), Kind.HARD, "a")).isTrue();

        assertThat(bounces.of(letter)).extracting(Bounce::kind).containsExactly(Kind.SOFT, Kind.HARD);
        assertThat(bounces.of(letter).getFirst().text()).isEqualTo("550 no");
        assertThat(bounces.of(letter).getFirst().at()).isEqualTo(clock.instant());
    }

    @OnEachDatabase
    void countsLettersThatCameBackSoftlyLately() {
        var letter = planned("Confirmed");
        record(letter, Kind.SOFT, "a");
        record(letter, Kind.SOFT, "b");
        record(planned("Shipped"), Kind.SOFT, "c");
        record(planned("Delivered"), Kind.HARD, "d");
        var then = clock.instant();
        clock.pass(Duration.ofDays(1));

        assertThat(bounces.soft(List.of(KEY), then.minusSeconds(1))).isEqualTo(2);
        assertThat(bounces.soft(List.of(KEY), then)).isZero();
        assertThat(bounces.soft(List.of(new JourneyKey("bottega", "1002")), then.minusSeconds(1)))
                .isZero();
    }

    @OnEachDatabase
    void forgetsTheWordsWithThePerson() {
        var letter = planned("Confirmed");
        record(letter, Kind.HARD, "a");

        takeBacks.forget(List.of(KEY), "erased");

        assertThat(bounces.of(letter)).singleElement().satisfies(bounce -> {
            assertThat(bounce.text()).isEmpty();
            assertThat(bounce.code()).isEqualTo("5.0.0");
        });
    }

    private boolean record(Notification letter, Kind kind, String event) {
        var bounce = new Bounce(kind, event, "5.0.0", "550 no", clock.instant());
        return Boolean.TRUE.equals(transaction.execute(status -> bounces.record(letter, bounce)));
    }

    private Notification planned(String step) {
        ledger.plan(new Plan(
                KEY,
                "standard",
                step,
                Occurrence.FIRST,
                "email",
                "standard/shipped",
                MessageClass.TRANSACTIONAL,
                null,
                0,
                null));
        return ledger.of(KEY).getLast();
    }
}
