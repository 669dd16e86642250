package io.porchlight.notifications;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * When to look for notifications that are due. A look costs the same whether or not it finds any, so there is one at once when
 * somebody tells of one or the last look left some, and else only after a while. A sweep is a look for what is seldom there as
 * well; it comes a moment after anything has happened, but only so often. For one thread, but for {@link #tell}.
 */
final class Lookout {

    static final Duration IDLE = Duration.ofSeconds(10);
    static final Duration SWEEP = Duration.ofMillis(250);

    private final LongSupplier nanoTime;
    private final AtomicBoolean told = new AtomicBoolean();
    private long nextLook;
    private long nextSweep;

    /** Begins with a sweep. */
    Lookout(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong();
        this.nextSweep = nextLook;
    }

    /** Something is due now, or soon: look. */
    void tell() {
        told.set(true);
    }

    /** Something happened that may have held up something else: that waits for the next sweep. */
    void stir() {
        if (nextLook - nextSweep > 0) {
            nextLook = nextSweep;
        }
    }

    /** Whether it is time to look; what was told until now is seen by that look. */
    boolean due() {
        long now = nanoTime.getAsLong();
        if (told.getAndSet(false)) {
            nextLook = now;
        }
        return now - nextLook >= 0;
    }

    /** Whether that look is a sweep. */
    boolean sweeps() {
        return nanoTime.getAsLong() - nextSweep >= 0;
    }

    /**
     * That was a look.
     *
     * @param swept whether it saw all that is seldom there
     * @param left whether it may have left something that is due
     */
    void looked(boolean swept, boolean left) {
        long now = nanoTime.getAsLong();
        if (swept) {
            nextSweep = now + SWEEP.toNanos();
        }
        if (left) {
            nextLook = now;
        } else {
            nextLook = swept ? now + IDLE.toNanos() : nextSweep;
        }
    }

    /** Until the next look, if nobody tells of anything before. */
    Duration rest() {
        return Duration.ofNanos(Math.max(0, nextLook - nanoTime.getAsLong()));
    }
}
