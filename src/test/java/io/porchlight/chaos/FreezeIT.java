package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.orders.JourneyKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the work; one stops in the middle of it for longer than its leases hold, and wakes up again. */
@ExtendWith(Summary.class)
class FreezeIT {

    @TempDir
    Path folder;

    @Test
    void whatAnInstanceHadTakenBeforeItFrozeIsSentOnceByTheOther() throws Exception {
        freeze(Duration.ofSeconds(8));
    }

    @Test
    @Tag("chaos")
    void nothingIsSentTwiceByAnInstanceThatWakesUpAfterFiveMinutes() throws Exception {
        freeze(Duration.ofMinutes(5));
    }

    private void freeze(Duration sleep) throws Exception {
        var outside = new Outside(folder);
        outside.scene.mail.shut();
        try (var frozen = outside.starts("one");
                var awake = outside.starts("two", "porchlight.notifications.connections=2")) {
            frozen.awaitReadyForOrders();
            awake.awaitReadyForOrders();
            var orders = IntStream.range(0, 40)
                    .mapToObj(n -> new JourneyKey("bottega", "frozen-" + n))
                    .toList();
            orders.forEach(key -> outside.orders(frozen, key));
            outside.scene.mail.pace(Duration.ofMillis(60));
            outside.scene.mail.open();
            Outside.await("both are busy", () -> outside.letters("SENT") >= 4 && outside.letters("ATTEMPTING") >= 1);
            frozen.freeze();
            var atThatMoment = outside.states();
            TimeUnit.NANOSECONDS.sleep(sleep.toNanos());
            orders.forEach(key -> outside.awaitSettled(key, 1));
            outside.scene.mail.pace(Duration.ZERO);
            frozen.wake();

            var after = new JourneyKey("bottega", "after");
            outside.orders(frozen, after);
            outside.awaitSettled(after, 1);
            outside.awaitQuiet();
            assertThat(outside.violations()).isEmpty();
            assertThat(outside.states())
                    .containsOnlyKeys(
                            outside.letters("UNKNOWN") > 0 ? new String[] {"SENT", "UNKNOWN"} : new String[] {"SENT"});
            Report.tell(
                    "one of two instances frozen for %d s, when the letters were %s; in the end %s, nothing is wrong"
                            .formatted(sleep.toSeconds(), atThatMoment, outside.states()));
        }
    }
}
