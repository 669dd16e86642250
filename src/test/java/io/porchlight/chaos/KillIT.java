package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The application is killed at random moments between an order and the last answer; database, engine and mail live on. */
@ExtendWith(Summary.class)
class KillIT {

    /** As many as an application whose life is so short can serve; whoever comes more often only makes the queue longer. */
    private static final int CUSTOMERS_AT_ONCE = 20;

    private static final int NEW_CUSTOMERS_PER_ROUND = 5;
    private static final int LONGEST_LIFE = 2_500;

    @TempDir
    Path folder;

    @Test
    void eachLetterArrivesOnceThoughTheApplicationIsKilledAFewTimes() throws Exception {
        kill(4);
    }

    @Test
    @Tag("chaos")
    void eachLetterArrivesOnceThoughTheApplicationIsKilledTwoHundredTimes() throws Exception {
        kill(Integer.getInteger("kills", 200));
    }

    private void kill(int times) throws Exception {
        var outside = new Outside(folder);
        outside.scene.mail.pace(Duration.ofMillis(10));
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        var found = new TreeMap<String, Integer>();
        long start = System.nanoTime();
        try (var crowd = new Crowd();
                var porchlight = outside.starts("home")) {
            for (int round = 1; round <= times; round++) {
                porchlight.awaitReadyForOrders();
                crowd.comes(() -> outside.story(porchlight));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE));
                porchlight.kill();
                outside.states().forEach((state, letters) -> found.merge(state, letters, Integer::sum));
                assertThat(outside.violations().stream().filter(KillIT::cannotHeal))
                        .as("round %d of seed %d", round, seed)
                        .isEmpty();
                porchlight.startAgain();
            }
            crowd.goesHome();
            outside.awaitQuiet();
        }
        assertThat(outside.violations()).as("seed " + seed).isEmpty();
        assertThat(outside.states())
                .as("no letter fails")
                .containsOnlyKeys(List.of("SENT", "UNKNOWN").stream()
                        .filter(state -> outside.letters(state) > 0)
                        .toList());
        Report.tell(
                "%d kills (seed %d) in %d s: %d customers, in the end %s; at the moments of the kills, all together: %s claimed, %s attempting; nothing is wrong"
                        .formatted(
                                times,
                                seed,
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                                outside.customers(),
                                outside.states(),
                                found.getOrDefault("CLAIMED", 0),
                                found.getOrDefault("ATTEMPTING", 0)));
    }

    /** Customers with a story each; whoever waits in vain ends the test for all. */
    private static final class Crowd implements AutoCloseable {

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> waiting = new ArrayList<>();

        void comes(Runnable story) throws Exception {
            seesOff();
            for (int n = 0; n < NEW_CUSTOMERS_PER_ROUND && waiting.size() < CUSTOMERS_AT_ONCE; n++) {
                waiting.add(threads.submit(story));
            }
        }

        void goesHome() throws Exception {
            while (!waiting.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(100);
                seesOff();
            }
        }

        private void seesOff() throws Exception {
            for (var customer : waiting) {
                if (customer.isDone()) {
                    customer.get();
                }
            }
            waiting.removeIf(Future::isDone);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    /** Just after a kill a letter may hang in the air; whoever comes next looks after it. */
    private static boolean cannotHeal(Invariants.Violation violation) {
        return violation.rule() != Invariants.Rule.NOTHING_STUCK;
    }
}
