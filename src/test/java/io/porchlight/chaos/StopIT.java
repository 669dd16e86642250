package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.Aside;
import io.porchlight.RunningPorchlight;
import io.porchlight.chaos.Act.Hang;
import io.porchlight.chaos.Act.Moment;
import io.porchlight.orders.JourneyKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill} is a wish that is granted within half a minute, whatever is going on, and it costs no letter. */
@Aside
@ExtendWith(Summary.class)
class StopIT {

    private static final int ORDERS = 100;
    private static final Duration PROMPTLY = Duration.ofSeconds(32); // half a minute, and the JVM's own farewell

    @TempDir
    Path folder;

    @Test
    void fiveHundredLettersInFlightAreDrainedOrWait() throws Exception {
        var outside = new Outside(folder);
        outside.scene.mail.shut();
        try (var porchlight = outside.starts("home", "porchlight.notifications.connections=16")) {
            porchlight.awaitReadyForOrders();
            fiveHundredLetters(outside, porchlight);
            outside.scene.mail.pace(Duration.ofMillis(20));
            outside.scene.mail.open();
            Outside.await("the first hundred are sent", () -> outside.letters("SENT") >= 100);

            long took = stop(porchlight);
            var states = outside.states();
            assertThat(states).doesNotContainKeys("ATTEMPTING", "UNKNOWN", "FAILED");
            assertThat(states.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(5 * ORDERS);
            assertThat(outside.violations()).isEmpty();
            assertThat(outside.letters("SENT"))
                    .isEqualTo(outside.scene.record.handed().size());

            outside.scene.mail.pace(Duration.ZERO);
            porchlight.startAgain();
            Outside.await("all are sent", () -> outside.letters("SENT") == 5 * ORDERS);
            assertThat(outside.violations()).isEmpty();
            assertThat(outside.scene.record.handed()).hasSize(5 * ORDERS);
            Report.tell(
                    "SIGTERM with 500 letters under way: stopped after %d ms with %s; the rest went out after the next start"
                            .formatted(took, states));
        }
    }

    @Test
    void itEndsAlthoughItsClusterIsDown() throws Exception {
        var outside = new Outside(folder);
        outside.scene.broker.cut();
        try (var porchlight = outside.starts("home")) {
            porchlight.awaitReadyForOrders();
            assertThat(stop(porchlight)).isLessThan(PROMPTLY.toMillis());
        }
    }

    @Test
    @Tag("chaos")
    void itEndsAlthoughNothingAnswersAnyMore() throws Exception {
        var outside = new Outside(folder);
        outside.scene.mail.always(Moment.DOT, new Hang());
        try (var porchlight = outside.starts("home", "porchlight.notifications.lease=30s")) {
            porchlight.awaitReadyForOrders();
            for (int order = 0; order < 10; order++) {
                outside.orders(porchlight, new JourneyKey("bottega", "hanging-" + order));
            }
            Outside.await("letters hang", () -> outside.letters("ATTEMPTING") == 4);
            outside.scene.broker.cut();
            outside.scene.database().stall();
            long took = stop(porchlight);
            assertThat(took).isLessThan(PROMPTLY.toMillis());
            Report.tell("SIGTERM while mail server, database and broker hang: stopped after " + took + " ms");
        }
    }

    private static long stop(RunningPorchlight porchlight) throws InterruptedException {
        long start = System.nanoTime();
        porchlight.stop();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(took).isLessThan(PROMPTLY.toMillis());
        return took;
    }

    /** A hundred orders with a confirmation each, and four more letters that the database is told of. */
    private static void fiveHundredLetters(Outside outside, RunningPorchlight porchlight) {
        try (var shop = Executors.newFixedThreadPool(8)) {
            for (int order = 0; order < ORDERS; order++) {
                var key = new JourneyKey("bottega", "flight-" + order);
                shop.execute(() -> outside.orders(porchlight, key));
            }
        }
        Outside.await(
                "each is to be confirmed",
                () -> outside.states().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        == ORDERS);
        outside.jdbc.sql("""
                        insert into notification (journey_key, process_id, step, occurrence, channel, template,
                            message_class, story_rank, state, planned_at, due_at)
                        select journey_key, process_id, 'More' || more, occurrence, channel, template,
                            message_class, 0, 'PLANNED', now(), now()
                        from notification, generate_series(1, 4) more
                        """).update();
    }
}
