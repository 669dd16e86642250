package io.porchlight.wakeups;

import java.time.Duration;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** How long to rest when what is worked with is away: hardly at first, then longer each time, up to five seconds. */
public final class Pauses {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ExponentialBackOff growing = new ExponentialBackOff(FIRST.toMillis(), 2);
    private BackOffExecution inARow;

    public Pauses() {
        growing.setMaxInterval(LONGEST.toMillis());
        inARow = growing.start();
    }

    /** It failed once more. */
    public Duration next() {
        return Duration.ofMillis(inARow.nextBackOff());
    }

    /** It went well: the next failure is the first. */
    public void over() {
        inARow = growing.start();
    }
}
