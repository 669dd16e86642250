package io.porchlight.replies;

import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.replies.Conversation.someone;
import static io.porchlight.replies.Gateways.TEXTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Phone.Mobile;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Once a STOP is answered, no text is taken any more, however close the race. */
@WithTexts
class LastTextTest {

    private final Conversation texts;
    private final Farewells farewells;

    LastTextTest(Conversation texts, Farewells farewells) {
        this.texts = texts;
        this.farewells = farewells;
    }

    @Test
    void aTextThatTheProviderHasIsWaitedFor() throws Exception {
        var bob = someone();
        var key = texts.sells(bob);
        CompletableFuture<Void> stop;
        try (var held = TEXTS.takesSlowly(bob.number())) {
            texts.plans(key, "Shipped");
            held.awaitReached();
            stop = CompletableFuture.runAsync(() -> farewells.stopTexts("bottega", new Mobile(bob.number())));
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(stop).isNotDone();
        }
        stop.get(20, TimeUnit.SECONDS);

        var text = texts.settled(key, "Shipped");
        assertThat(text.state()).as(text.reason()).isEqualTo(SENT);
        assertThat(TEXTS.taken(bob.number())).hasSize(1);
    }

    @Test
    void nothingIsTakenAfterStop() throws Exception {
        int races = Integer.getInteger("races", 50);
        long usual = usualTimeToTake();
        var random = new SplittableRandom(7);
        int sent = 0;
        for (int race = 1; race <= races; race++) {
            var bob = someone();
            var key = texts.sells(bob);
            long patience = random.nextLong(usual * 3 / 2);
            var stop = CompletableFuture.supplyAsync(() -> {
                long until = System.nanoTime() + patience;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                farewells.stopTexts("bottega", new Mobile(bob.number()));
                return TEXTS.arrived(bob.number()).size();
            });
            texts.plans(key, "Shipped");

            int whenAnswered = stop.get(30, TimeUnit.SECONDS);
            var text = texts.settled(key, "Shipped");

            int inTheEnd = TEXTS.arrived(bob.number()).size();
            assertThat(inTheEnd)
                    .as("race " + race + " after " + patience + " ns")
                    .isEqualTo(whenAnswered);
            assertThat(text.state())
                    .as("race " + race + ", " + text.reason())
                    .isEqualTo(inTheEnd == 1 ? SENT : SKIPPED);
            sent += inTheEnd;
        }
        System.out.printf(
                "%d races within %d ms: the text was first in %d, the customer in %d%n",
                races, usual * 3 / 2_000_000, sent, races - sent);
        assertThat(sent).as("races that the text won").isBetween(1, races - 1);
    }

    /** From planning to the provider, in nanoseconds, so that the races are close on slow machines too. */
    private long usualTimeToTake() {
        long total = 0;
        for (int text = 1; text <= 10; text++) {
            var bob = someone();
            var key = texts.sells(bob);
            long start = System.nanoTime();
            texts.plans(key, "Shipped");
            Conversation.await("it is taken", () -> !TEXTS.taken(bob.number()).isEmpty());
            total += System.nanoTime() - start;
            texts.settled(key, "Shipped");
        }
        return total / 10;
    }
}
