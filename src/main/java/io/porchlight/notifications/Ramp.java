package io.porchlight.notifications;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * After an outage letters leave slowly at first and then ever faster, so that a server that has just come back is not
 * knocked over by all that have waited: 20 a second, doubling every five seconds, until it makes no difference any more.
 */
class Ramp {

    private static final double FIRST = 20;
    private static final double DOUBLING = 5;
    private static final Duration WHOLE = Duration.ofSeconds(40);

    private @Nullable Instant since;
    private long left;

    void begin(Instant now) {
        since = now;
        left = 0;
    }

    /** How many more may leave now. */
    int room(Instant now) {
        if (since == null) {
            return Integer.MAX_VALUE;
        }
        var passed = Duration.between(since, now);
        // Also when the clock was set back meanwhile.
        if (passed.abs().compareTo(WHOLE) >= 0) {
            since = null;
            return Integer.MAX_VALUE;
        }
        double seconds = passed.toMillis() / 1000.0;
        double allowed = FIRST * DOUBLING / Math.log(2) * (Math.pow(2, seconds / DOUBLING) - 1);
        return (int) Math.max(0, 1 + allowed - left);
    }

    void left(int letters) {
        left += letters;
    }
}
