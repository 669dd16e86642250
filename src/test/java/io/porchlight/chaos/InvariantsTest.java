package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.chaos.Invariants.Rule;
import io.porchlight.chaos.Invariants.Violation;
import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Shop;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The checker finds each thing that can be wrong when it is planted, and nothing where nothing is. */
class InvariantsTest {

    private static final String BOB = "bob@example.com";

    private final Shop shop;
    private final Ledger ledger;
    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final MailRecord record;
    private JourneyKey key = new JourneyKey("bottega", "1001");

    InvariantsTest(Shop shop, Ledger ledger, JdbcClient jdbc, MovableClock clock) {
        this.shop = shop;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.clock = clock;
        this.record = new MailRecord(clock);
    }

    @BeforeEach
    void bobOrdersAtNoon() {
        clock.pass(Duration.ofHours(9)); // where Bob lives
        key = shop.sells("1001");
    }

    @OnEachDatabase
    void nothingIsWrongWithLettersThatWereSentInOrder() {
        sent(planned("Confirmed", TRANSACTIONAL, 0));
        sent(planned("Cut", TRANSACTIONAL, 1));
        sent(planned("Offer", MARKETING, 1));
        state(planned("Made", TRANSACTIONAL, 2), "PLANNED");

        assertThat(violated()).isEmpty();
    }

    @OnEachDatabase
    void aLetterThatArrivedTwiceIsFound() {
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        accepted(confirmed);
        sent(confirmed);

        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.ONCE);
    }

    @OnEachDatabase
    void aLetterThatNobodyAnsweredForCountsAsArrived() {
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        dot(confirmed, BOB);
        sent(confirmed);

        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.ONCE);
    }

    @OnEachDatabase
    void aSecondTryIsFineWhenTheLedgerCallsTheFirstUnknown() {
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        dot(confirmed, BOB);
        jdbc.sql(
                        "insert into earlier_try (notification_id, ended_at, outcome, reason) values (:id, :now, 'unknown', '')")
                .param("id", confirmed.id())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        sent(confirmed);
        assertThat(violated()).isEmpty();

        dot(confirmed, BOB);
        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.ONCE);
    }

    @OnEachDatabase
    void aSecondTryIsFineWhenTheServerRefusedTheFirst() {
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        record.refused(dot(confirmed, BOB));
        sent(confirmed);

        assertThat(violated()).isEmpty();
    }

    @OnEachDatabase
    void twoRowsOfOneKeyAreFound() {
        planned("Confirmed", TRANSACTIONAL, 0);
        var rows = Rows.read(jdbc);
        var twice = new LinkedHashMap<>(rows.byTag());
        twice.put("another", rows.all().iterator().next());

        assertThat(Invariants.violated(record, new Rows(twice, rows.unknown(), rows.stops()), clock.instant()))
                .extracting(Violation::rule)
                .containsExactly(Rule.ONE_ROW_PER_KEY);
    }

    @OnEachDatabase
    void marketingAfterAnUnsubscribeIsFoundInTheDatabase() {
        unsubscribed();
        sent(planned("Confirmed", TRANSACTIONAL, 0));
        sent(planned("Last", MARKETING, 0));
        assertThat(violated()).as("what was on its way").isEmpty();

        clock.pass(Invariants.LAST_LETTER.plusMillis(1));
        sent(planned("Offer", MARKETING, 0));
        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.NOTHING_AFTER_STOP);
    }

    @OnEachDatabase
    void marketingAfterWeGaveOurWordIsFoundAtOnce() {
        var offer = planned("Offer", MARKETING, 0);
        sent(planned("Confirmed", TRANSACTIONAL, 0));
        var dot = dot(offer, BOB);
        record.stopped(BOB);
        record.accepted(dot);
        state(offer, "SENT");

        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.NOTHING_AFTER_STOP);
    }

    @OnEachDatabase
    void marketingAtNightIsFound() {
        clock.pass(Duration.ofHours(10)); // ten in the evening in New York
        sent(planned("Confirmed", TRANSACTIONAL, 0));
        assertThat(violated()).isEmpty();

        sent(planned("Offer", MARKETING, 0));
        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.NOT_AT_NIGHT);
    }

    @OnEachDatabase
    void olderNewsAfterNewerNewsAreFound() {
        var cut = planned("Cut", TRANSACTIONAL, 1);
        sent(planned("Made", TRANSACTIONAL, 2));
        sent(cut);

        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.RANKS_NEVER_FALL);
    }

    @OnEachDatabase
    void whatIsBeingHandedOverByNobodyIsFound() {
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        jdbc.sql("update notification set state = 'ATTEMPTING', lease_until = :until where id = :id")
                .param("until", Timestamp.from(clock.instant().plusSeconds(5)))
                .param("id", confirmed.id())
                .update();
        assertThat(violated()).isEmpty();

        clock.pass(Duration.ofSeconds(6));
        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.NOTHING_STUCK);
    }

    @OnEachDatabase
    void aSentLetterThatNobodyAcceptedIsFound() {
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        dot(confirmed, BOB);
        state(confirmed, "SENT");

        assertThat(violated()).extracting(Violation::rule).containsExactly(Rule.SENT_MEANS_ACCEPTED);
    }

    @OnEachDatabase
    void anAcceptedLetterThatTheLedgerForgotIsFound() {
        for (var forgotten : List.of("PLANNED", "CLAIMED", "SKIPPED", "FAILED")) {
            var confirmed = planned(forgotten, TRANSACTIONAL, 0);
            accepted(confirmed);
            state(confirmed, forgotten);
        }

        assertThat(violated()).extracting(Violation::rule).hasSize(4).containsOnly(Rule.ACCEPTED_MEANS_KNOWN);
    }

    @OnEachDatabase
    void lettersThatNobodyAskedForAreFound() {
        record.dot("s@example.com", BOB, "<porchlight.9999.abc@example.com>", "?");
        record.dot("s@example.com", BOB, "<somebody@example.com>", "?");
        var confirmed = planned("Confirmed", TRANSACTIONAL, 0);
        dot(confirmed, "jane@example.com");

        assertThat(violated()).extracting(Violation::rule).hasSize(3).containsOnly(Rule.ONLY_WHAT_WAS_ASKED);
    }

    private List<Violation> violated() {
        return Invariants.violated(record, jdbc, clock.instant());
    }

    private Notification planned(String step, MessageClass messageClass, int rank) {
        ledger.plan(new Plan(
                key, "standard", step, Occurrence.FIRST, "email", "standard/x", messageClass, null, rank, null));
        return ledger.of(key).stream()
                .filter(row -> row.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private MailRecord.Line dot(Notification row, String recipient) {
        String tag = Rows.tag(row.id(), row.plannedAt());
        return record.dot("s@example.com", recipient, "<porchlight." + tag + "0123456789abcdef@example.com>", "");
    }

    private void accepted(Notification row) {
        record.accepted(dot(row, BOB));
    }

    private void sent(Notification row) {
        accepted(row);
        state(row, "SENT");
    }

    private void state(Notification row, String state) {
        jdbc.sql("update notification set state = :state where id = :id")
                .param("state", state)
                .param("id", row.id())
                .update();
    }

    private void unsubscribed() {
        jdbc.sql("""
                        insert into consent_entry (customer, source, journey_key, said, said_at)
                        select id, 'UNSUBSCRIBE_LINK', :key, 'no offers', :now from customer
                        """)
                .param("key", key.toString())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
