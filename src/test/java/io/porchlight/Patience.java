package io.porchlight;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** How tests wait for what happens on other threads. */
public final class Patience {

    private static final Duration LOOK = Duration.ofMillis(5);

    private Patience() {}

    /** Looks again and again, in the test's own thread, and fails when it has not come true in time. */
    public static void await(String what, Duration longest, BooleanSupplier condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .atMost(longest)
                .until(condition::getAsBoolean);
    }
}
