package io.porchlight.ledger;

import static io.porchlight.ledger.Notification.State.ATTEMPTING;
import static io.porchlight.ledger.Notification.State.CLAIMED;
import static io.porchlight.ledger.Notification.State.FAILED;
import static io.porchlight.ledger.Notification.State.PLANNED;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.ledger.Notification.State.UNKNOWN;
import static java.util.Collections.frequency;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.database.Together;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.orders.JourneyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** One row per letter decides that it goes once, in order, and from one hand. */
class LedgerTest {

    private static final JourneyKey BOB = new JourneyKey("bottega", "1001");
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    LedgerTest(Ledger ledger, MovableClock clock, TransactionTemplate transaction) {
        this.ledger = ledger;
        this.clock = clock;
        this.transaction = transaction;
    }

    @OnEachDatabase
    void plansALetterOnce() {
        assertThat(ledger.plan(letter(BOB, "LeatherCutEmail", 1))).isTrue();
        assertThat(ledger.plan(letter(BOB, "LeatherCutEmail", 1))).isFalse();
        assertThat(ledger.plan(letter(BOB, "LeatherCutEmail", 1, new Occurrence("-", 2), "email")))
                .as("the second time it happens")
                .isTrue();
        assertThat(ledger.plan(letter(BOB, "LeatherCutEmail", 1, new Occurrence("parcel #1", 1), "email")))
                .as("of a parcel")
                .isTrue();
        assertThat(ledger.plan(letter(BOB, "LeatherCutEmail", 1, Occurrence.FIRST, "sms")))
                .as("on another channel")
                .isTrue();

        assertThat(ledger.of(BOB))
                .map(Notification::occurrence)
                .containsExactly(
                        Occurrence.FIRST, new Occurrence("-", 2), new Occurrence("parcel #1", 1), Occurrence.FIRST);
    }

    @OnEachDatabase
    void plansALetterOnceWhenTwentyJobsAskForItAtOnce() {
        var planned = Together.all(20, number -> ledger.plan(letter(BOB, "LeatherCutEmail", 1)));

        assertThat(frequency(planned, true)).isEqualTo(1);
        assertThat(ledger.of(BOB)).hasSize(1);
    }

    @OnEachDatabase
    void keepsWhatWasPlannedAsItWasPlanned() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));

        var planned = only();
        assertThat(planned.validUntil()).isEqualTo(MovableClock.START.plus(Duration.ofDays(3)));
        assertThat(planned.plannedAt()).isEqualTo(MovableClock.START);
        assertThat(planned.state()).isEqualTo(PLANNED);
        assertThat(planned.messageClass()).isEqualTo(MessageClass.TRANSACTIONAL);
        assertThat(planned.milestone()).isEqualTo("leather-cut");
    }

    @OnEachDatabase
    void tellsTheStoryInOrder() {
        ledger.plan(letter(BOB, "OrderConfirmedEmail", 0));
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        ledger.plan(letter(BOB, "LeatherCutEmail", 1, Occurrence.FIRST, "sms"));
        ledger.plan(letter(new JourneyKey("bottega", "1002"), "LeatherCutEmail", 1));

        assertThat(due())
                .containsExactly("1001 OrderConfirmedEmail", "1002 LeatherCutEmail", "1001 LeatherCutEmail sms");

        var confirmation = claim();
        assertThat(due()).as("the first is on its way").doesNotContain("1001 LeatherCutEmail");
        ledger.attempting(confirmation);
        assertThat(due()).as("the first is being handed over").doesNotContain("1001 LeatherCutEmail");
        ledger.sent(confirmation, "Thank you", "250 OK");
        assertThat(due()).contains("1001 LeatherCutEmail").doesNotContain("1001 OrderConfirmedEmail");
    }

    @OnEachDatabase
    void sendsNothingBeforeTheConfirmationHoweverLongThatIsPutOff() {
        ledger.plan(letter(BOB, "OrderConfirmedEmail", 0));
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        var claim = claim();
        ledger.retry(claim, clock.instant().plus(Duration.ofDays(1)), 1, "421 try later");

        assertThat(due()).isEmpty();

        clock.pass(Duration.ofDays(1));
        assertThat(due()).containsExactly("1001 OrderConfirmedEmail");
    }

    @OnEachDatabase
    void sendsNothingBeforeAConfirmationThatIsToBeSentOnceMore() {
        ledger.plan(letter(BOB, "OrderConfirmedEmail", 0));
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        ledger.unknown(attempted(), "connection lost");
        assertThat(due()).isEmpty();

        clock.pass(Duration.ofMinutes(10));
        assertThat(due()).containsExactly("1001 OrderConfirmedEmail");
        ledger.unknown(attempted(), "lost again");
        assertThat(due()).containsExactly("1001 LeatherCutEmail");
    }

    @OnEachDatabase
    void letsANewerLetterPassOneThatIsPutOff() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        ledger.plan(letter(BOB, "ShoesMadeEmail", 2));
        inTransaction(first -> ledger.postpone(first, clock.instant().plus(Duration.ofHours(1)), "quiet hours"));

        assertThat(due()).containsExactly("1001 ShoesMadeEmail");
        clock.pass(Duration.ofHours(1));
        assertThat(due()).containsExactly("1001 LeatherCutEmail");
        assertThat(ledger.of(BOB).getFirst().reason()).isEqualTo("quiet hours");
    }

    @OnEachDatabase
    void knowsWhenToLookAgain() {
        assertThat(ledger.nextDue("email")).isEmpty();
        for (int hours : new int[] {3, 1, 2}) {
            ledger.plan(letter(new JourneyKey("bottega", hours + " hours"), "LeatherCutEmail", 1));
            inTransaction(due -> ledger.postpone(due, clock.instant().plus(Duration.ofHours(hours)), "quiet hours"));
        }
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));

        assertThat(ledger.nextDue("email"))
                .as("the first, and not the one that is due")
                .contains(clock.instant().plus(Duration.ofHours(1)));
        assertThat(ledger.nextDue("sms")).isEmpty();
        clock.pass(Duration.ofHours(1));
        assertThat(ledger.nextDue("email")).contains(clock.instant().plus(Duration.ofHours(1)));
    }

    @OnEachDatabase
    void anOfferThatWaitsHoldsNothingUp() {
        ledger.plan(new Plan(
                BOB, "italian-shoes", "Care", Occurrence.FIRST, "email", "x", MessageClass.MARKETING, null, 0, null));
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        inTransaction(offer -> ledger.postpone(offer, clock.instant().plus(Duration.ofDays(1)), "one a day"));

        assertThat(due()).containsExactly("1001 LeatherCutEmail");
    }

    @OnEachDatabase
    void staysTrueLongerWhenTheCustomerAskedForTheWait() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        inTransaction(due -> ledger.keepTrue(due, Duration.ofDays(14)));

        assertThat(only().validUntil()).isEqualTo(only().plannedAt().plus(Duration.ofDays(17)));
    }

    @OnEachDatabase
    void givesNoMoreThanAskedForTheLongestDueFirst() {
        for (int number = 0; number < 5; number++) {
            ledger.plan(letter(new JourneyKey("bottega", "order-" + number), "LeatherCutEmail", 1));
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(due(2)).containsExactly("order-0 LeatherCutEmail", "order-1 LeatherCutEmail");
    }

    @OnEachDatabase
    void looksForPlannedLettersAloneWhenAskedTo() {
        ledger.plan(letter(BOB, "OrderConfirmedEmail", 0));
        ledger.plan(letter(new JourneyKey("bottega", "1002"), "OrderConfirmedEmail", 0));
        claim();
        clock.pass(LEASE.plusSeconds(1));

        assertThat(due()).containsExactly("1001 OrderConfirmedEmail", "1002 OrderConfirmedEmail");
        var planned = requireNonNull(transaction.execute(status -> ledger.duePlanned("email", 100)));
        assertThat(planned).extracting(due -> due.key().orderId()).containsExactly("1002");
    }

    @OnEachDatabase
    void isClaimedUntilTheLeaseRunsOut() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        var lost = claim();
        assertThat(only().state()).isEqualTo(CLAIMED);

        clock.pass(LEASE);
        assertThat(due()).isEmpty();
        assertThat(ledger.attempting(lost)).as("its time is up").isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(due()).containsExactly("1001 LeatherCutEmail");

        var retaken = claim();
        assertThat(ledger.attempting(lost)).isFalse();
        assertThat(ledger.attempting(retaken)).isTrue();
        assertThat(ledger.attempting(retaken)).as("only once").isFalse();
    }

    @OnEachDatabase
    void isKeptByWhoRenews() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        var claim = claim();

        clock.pass(LEASE.minusSeconds(1));
        ledger.renew(claim, LEASE);
        clock.pass(LEASE.minusSeconds(1));

        assertThat(due()).isEmpty();
        assertThat(ledger.attempting(claim)).isTrue();
        assertThat(ledger.holds(claim)).isTrue();
    }

    @OnEachDatabase
    void isNotSettledByWhoLostIt() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        var lost = claim();
        clock.pass(LEASE.plusMillis(1));
        var mine = claim();
        ledger.attempting(mine);

        assertThat(ledger.holds(lost)).isFalse();
        assertThat(ledger.sent(lost, "mine!", "250")).isFalse();
        assertThat(ledger.failed(lost, "no")).isFalse();
        assertThat(ledger.unknown(lost, "no")).isFalse();
        assertThat(ledger.retry(lost, clock.instant(), 9, "no")).isFalse();
        ledger.renew(lost, Duration.ofDays(9));

        assertThat(only().state()).isEqualTo(ATTEMPTING);
        assertThat(only().attempts()).isEqualTo(1);
        clock.pass(LEASE.plusMillis(1));
        assertThat(ledger.settleAbandoned())
                .as("the lease was not renewed by who lost it")
                .isEqualTo(1);
    }

    @OnEachDatabase
    void isUnknownWhenItsSenderDiedInTheMiddle() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        ledger.plan(letter(BOB, "ShoesMadeEmail", 2));
        var died = claim();
        ledger.attempting(died);
        assertThat(ledger.settleAbandoned()).isZero();

        clock.pass(LEASE.plusMillis(1));
        assertThat(due()).as("never sent again by itself").isEmpty();
        assertThat(ledger.holds(died)).isFalse();
        assertThat(ledger.settleAbandoned()).isEqualTo(1);

        var letter = ledger.of(BOB).getFirst();
        assertThat(letter.state()).isEqualTo(UNKNOWN);
        assertThat(letter.reason()).contains("may or may not have arrived");
        assertThat(ledger.sent(died, "late", "250")).as("too late to tell").isFalse();
        assertThat(due()).containsExactly("1001 ShoesMadeEmail");
    }

    @OnEachDatabase
    void isSentOnceMoreWhenNobodyCanSayWhetherItArrived() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        assertThat(ledger.unknown(attempted(), "connection lost")).isTrue();
        assertThat(due()).isEmpty();

        clock.pass(Duration.ofMinutes(10));
        assertThat(due()).containsExactly("1001 LeatherCutEmail");
        assertThat(ledger.unknown(attempted(), "lost again")).isTrue();

        clock.pass(Duration.ofDays(9));
        assertThat(due()).isEmpty();
        assertThat(only().state()).isEqualTo(UNKNOWN);
        assertThat(only().attempts()).isEqualTo(2);
        assertThat(ledger.tries(only().id())).map(EarlierTry::reason).containsExactly("connection lost", "lost again");
    }

    @OnEachDatabase
    void isNotSentOnceMoreWhenItIsMarketing() {
        ledger.plan(new Plan(
                BOB, "italian-shoes", "Care", Occurrence.FIRST, "email", "x", MessageClass.MARKETING, null, 1, null));
        ledger.unknown(attempted(), "connection lost");

        clock.pass(Duration.ofDays(9));

        assertThat(due()).isEmpty();
    }

    @OnEachDatabase
    void staysUnknownWhenItIsPutOffOrNoLongerTrue() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        ledger.unknown(attempted(), "connection lost");
        clock.pass(Duration.ofMinutes(10));

        inTransaction(due -> ledger.postpone(due, clock.instant().plus(Duration.ofHours(1)), "quiet hours"));
        assertThat(only().state()).isEqualTo(UNKNOWN);
        assertThat(due()).isEmpty();

        clock.pass(Duration.ofHours(1));
        inTransaction(due -> ledger.skip(due, "superseded"));
        assertThat(only().state()).isEqualTo(UNKNOWN);
        assertThat(only().reason()).isEqualTo("connection lost; not sent again: superseded");
        clock.pass(Duration.ofDays(9));
        assertThat(due()).isEmpty();
    }

    @OnEachDatabase
    void staysUnknownWhenWhoTookItAgainLostItBeforeItWasLeftOut() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        ledger.unknown(attempted(), "connection lost");
        clock.pass(Duration.ofMinutes(10));
        claim();
        clock.pass(LEASE.plusSeconds(1));

        inTransaction(due -> ledger.skip(due, "superseded"));

        assertThat(only().state()).isEqualTo(UNKNOWN);
    }

    private Claim attempted() {
        var claim = claim();
        assertThat(ledger.attempting(claim)).isTrue();
        return claim;
    }

    @OnEachDatabase
    void remembersWhatTheGatewaySaid() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        var claim = claim();
        assertThat(ledger.sent(claim, "too early", "250"))
                .as("not without attempting")
                .isFalse();
        ledger.attempting(claim);
        clock.pass(Duration.ofSeconds(2));

        assertThat(ledger.sent(claim, "Your leather is cut", "250 2.0.0 Ok: queued as 4711"))
                .isTrue();

        var letter = only();
        assertThat(letter.state()).isEqualTo(SENT);
        assertThat(letter.subject()).isEqualTo("Your leather is cut");
        assertThat(letter.reply()).isEqualTo("250 2.0.0 Ok: queued as 4711");
        assertThat(letter.firstTryAt()).isEqualTo(MovableClock.START);
        assertThat(letter.settledAt()).isEqualTo(MovableClock.START.plusSeconds(2));
        assertThat(ledger.failed(claim, "after all"))
                .as("what is sent stays sent")
                .isFalse();
    }

    @OnEachDatabase
    void isTriedAgainWithTheDateOfTheFirstTry() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        var first = claim();
        ledger.attempting(first);
        clock.pass(Duration.ofSeconds(1));

        assertThat(ledger.retry(first, clock.instant().plus(Duration.ofMinutes(5)), 1, "451 greylisted"))
                .isTrue();
        assertThat(only().reason()).isEqualTo("451 greylisted");
        assertThat(due()).isEmpty();
        assertThat(ledger.sent(first, "late", "250")).isFalse();

        clock.pass(Duration.ofMinutes(5));
        var second = claim();
        ledger.attempting(second);
        ledger.sent(second, "Your leather is cut", "250");

        assertThat(only().attempts()).isEqualTo(2);
        assertThat(only().firstTryAt()).isEqualTo(MovableClock.START);
        assertThat(only().reason()).isNull();
    }

    @OnEachDatabase
    void saysWhyItWasSkippedOrFailed() {
        ledger.plan(letter(BOB, "LeatherCutEmail", 1));
        inTransaction(due -> ledger.skip(due, "superseded"));
        assertThat(only().state()).isEqualTo(SKIPPED);
        assertThat(only().reason()).isEqualTo("superseded");
        assertThat(only().settledAt()).isEqualTo(MovableClock.START);
        assertThat(due()).isEmpty();

        var jane = new JourneyKey("bottega", "1002");
        ledger.plan(letter(jane, "LeatherCutEmail", 1));
        assertThat(ledger.failed(claim(), "550 no such user ".repeat(100))).isTrue();
        assertThat(ledger.of(jane)).singleElement().satisfies(letter -> {
            assertThat(letter.state()).isEqualTo(FAILED);
            assertThat(letter.reason()).hasSize(1000).endsWith("…");
        });
    }

    @OnEachDatabase
    void isClaimedInATransactionOnly() {
        assertThatThrownBy(() -> ledger.due("email", 1)).isInstanceOf(IllegalTransactionStateException.class);
    }

    @OnEachDatabase
    void isSharedByInstancesWithoutDoubles() {
        var all = IntStream.range(0, 60)
                .mapToObj(number -> new JourneyKey("bottega", "order-" + number))
                .toList();
        all.forEach(key -> {
            ledger.plan(letter(key, "OrderConfirmedEmail", 0));
            ledger.plan(letter(key, "LeatherCutEmail", 1));
        });

        var sent = Together.all(2, instance -> sendAll());

        assertThat(sent.stream().flatMap(List::stream)).hasSize(120).doesNotHaveDuplicates();
        assertThat(sent)
                .allSatisfy(ids -> assertThat(ids).as("each does its share").isNotEmpty());
        all.forEach(key -> assertThat(ledger.of(key))
                .allSatisfy(letter -> assertThat(letter.state()).isEqualTo(SENT)));
    }

    private List<Long> sendAll() {
        var sent = new ArrayList<Long>();
        int misses = 0;
        while (misses < 20) {
            var claims = claim(4);
            misses = claims.isEmpty() ? misses + 1 : 0;
            for (var claim : claims) {
                assertThat(ledger.attempting(claim)).isTrue();
                assertThat(ledger.sent(claim, "subject", "250")).isTrue();
                sent.add(claim.notification().id());
            }
        }
        return sent;
    }

    private List<Claim> claim(int most) {
        String owner = UUID.randomUUID().toString();
        return requireNonNull(transaction.execute(status -> ledger.claim(ledger.due("email", most), owner, LEASE)));
    }

    private Claim claim() {
        return claim(1).getFirst();
    }

    private void inTransaction(Consumer<Notification> decide) {
        transaction.executeWithoutResult(
                status -> decide.accept(ledger.due("email", 1).getFirst()));
    }

    private List<String> due() {
        return due(100);
    }

    private List<String> due(int most) {
        return requireNonNull(transaction.execute(status -> Stream.of("email", "sms")
                        .flatMap(channel -> ledger.due(channel, most).stream())
                        .toList()))
                .stream()
                .map(due ->
                        due.key().orderId() + " " + due.step() + (due.channel().equals("sms") ? " sms" : ""))
                .toList();
    }

    private Notification only() {
        return ledger.of(BOB).getFirst();
    }

    private static Plan letter(JourneyKey key, String step, int rank) {
        return letter(key, step, rank, Occurrence.FIRST, "email");
    }

    private static Plan letter(JourneyKey key, String step, int rank, Occurrence occurrence, String channel) {
        return new Plan(
                key,
                "italian-shoes",
                step,
                occurrence,
                channel,
                "italian-shoes/" + step,
                MessageClass.TRANSACTIONAL,
                milestone(rank),
                rank,
                Duration.ofDays(3));
    }

    private static @Nullable String milestone(int rank) {
        return rank == 0 ? null : "leather-cut";
    }
}
