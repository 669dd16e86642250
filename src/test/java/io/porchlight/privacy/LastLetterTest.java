package io.porchlight.privacy;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.privacy.Correspondence.address;
import static io.porchlight.privacy.Correspondence.someone;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.CustomerKey;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Once a customer's "stop" is answered, no letter is accepted any more, however close the race. */
@WithPost
class LastLetterTest {

    private final Correspondence post;
    private final Farewells farewells;

    LastLetterTest(Correspondence post, Farewells farewells) {
        this.post = post;
        this.farewells = farewells;
    }

    @Test
    void aLetterThatIsBeingHandedOverStopsBeforeItsFinalDot() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        try (var held = MailServer.LINE.beforeTheLetter()) {
            post.plans(key, "Offer", MARKETING);
            held.awaitReached();
            var stop = CompletableFuture.runAsync(() -> farewells.unsubscribe(post.order(key)));
            post.awaitTakenBack(key, "Offer");
            assertThat(stop).isNotDone();
            held.release();
            stop.get(20, TimeUnit.SECONDS);
        }

        assertThat(post.settled(key, "Offer").state()).isEqualTo(SKIPPED);
        assertThat(MailServer.letters(address(bob))).isEmpty();
    }

    @Test
    void aLetterThatTheServerHasIsWaitedFor() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        try (var held = MailServer.LINE.afterTheLetter()) {
            post.plans(key, "Offer", MARKETING);
            held.awaitReached();
            var stop = CompletableFuture.runAsync(() -> farewells.unsubscribe(post.order(key)));
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(stop).isNotDone();
            held.release();
            stop.get(20, TimeUnit.SECONDS);
        }

        assertThat(post.settled(key, "Offer").state()).isEqualTo(SENT);
        assertThat(MailServer.letters(address(bob))).hasSize(1);
    }

    @Test
    void whatWasUnderWayWhileItsCustomerWasErasedTellsNothing() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        try (var held = MailServer.LINE.afterTheLetter()) {
            post.plans(key, "Confirmed", TRANSACTIONAL);
            held.awaitReached();
            var erased = CompletableFuture.runAsync(() -> farewells.erase(new CustomerKey("bottega", bob)));
            TimeUnit.MILLISECONDS.sleep(300);
            held.release();
            erased.get(20, TimeUnit.SECONDS);
        }

        assertThat(post.notification(key, "Confirmed").state()).isEqualTo(SENT);
        assertThat(post.notification(key, "Confirmed").subject()).isNull();
    }

    @Test
    void nothingIsAcceptedAfterAnUnsubscribe() throws Exception {
        int races = Integer.getInteger("races", 50);
        long usual = usualTimeToAccept();
        var random = new SplittableRandom(7);
        int sent = 0;
        for (int race = 1; race <= races; race++) {
            var bob = someone();
            var key = post.sells(bob);
            var order = post.order(key);
            long patience = random.nextLong(usual * 3 / 2);
            var stop = CompletableFuture.supplyAsync(() -> {
                long until = System.nanoTime() + patience;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                farewells.unsubscribe(order);
                return MailServer.letters(address(bob)).size();
            });
            post.plans(key, "Offer", MARKETING);

            int whenAnswered = stop.get(30, TimeUnit.SECONDS);
            var offer = post.settled(key, "Offer");

            int inTheEnd = MailServer.letters(address(bob)).size();
            assertThat(inTheEnd)
                    .as("race " + race + " after " + patience + " ns")
                    .isEqualTo(whenAnswered);
            assertThat(offer.state()).as("race " + race).isEqualTo(inTheEnd == 1 ? SENT : SKIPPED);
            sent += inTheEnd;
        }
        System.out.printf(
                "%d races within %d ms: the letter was first in %d, the customer in %d%n",
                races, usual * 3 / 2_000_000, sent, races - sent);
        assertThat(sent).as("races that the letter won").isBetween(1, races - 1);
    }

    /** From planning to acceptance, in nanoseconds, so that the races are close on slow machines too. */
    private long usualTimeToAccept() {
        long total = 0;
        for (int letter = 1; letter <= 10; letter++) {
            var bob = someone();
            var key = post.sells(bob);
            long start = System.nanoTime();
            post.plans(key, "Offer", MARKETING);
            Correspondence.await(
                    "it is accepted", () -> !MailServer.letters(address(bob)).isEmpty());
            total += System.nanoTime() - start;
            post.settled(key, "Offer");
        }
        return total / 10;
    }
}
