package io.porchlight.journeys;

import com.netflix.concurrency.limits.Limiter.Listener;
import com.netflix.concurrency.limits.limit.AbstractLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many commands may be on their way to the engine at once: one more for each round of them that it kept up with, a tenth
 * less when it was too busy for one (additive increase, multiplicative decrease, as TCP has it; RFC 5681).
 */
@Component
class CommandLimit {

    private static final int FEWEST = 4;
    private static final double LESS = 0.9;

    private final SimpleLimiter<String> limiter;
    private final Counter refused;

    CommandLimit(JourneySettings settings, MeterRegistry meters) {
        int most = Math.max(FEWEST, settings.inFlight());
        this.limiter = SimpleLimiter.newBuilder().limit(new Adapting(most)).build();
        this.refused = Counter.builder("porchlight.engine.commands.refused")
                .description("Commands that the engine was too busy for; all come again")
                .register(meters);
        Gauge.builder("porchlight.engine.commands.underway", limiter, SimpleLimiter::getInflight)
                .description("Commands that are on their way to the engine")
                .register(meters);
        Gauge.builder("porchlight.engine.commands.limit", limiter, SimpleLimiter::getLimit)
                .description("Commands that may be on their way to the engine at once; adapts to how busy it is")
                .register(meters);
    }

    /** How many to take now: none until there is room for a handful, because a read of many costs as much as of one. */
    int room() {
        int free = limiter.getLimit() - limiter.getInflight();
        return free < Math.max(1, limiter.getLimit() / 4) ? 0 : free;
    }

    boolean idle() {
        return limiter.getInflight() == 0;
    }

    /** A command is sent. */
    Underway sends() {
        return new Underway(limiter.acquire(""));
    }

    /** One command that has been sent. */
    final class Underway {

        /** Empty when the limit fell between reading and sending; what was read is sent all the same. */
        private final Optional<Listener> place;

        Underway(Optional<Listener> place) {
            this.place = place;
        }

        /** The engine answered, or did not. */
        void ends(@Nullable Throwable trouble) {
            if (trouble == null) {
                place.ifPresent(Listener::onSuccess);
            } else if (Answers.tooBusy(trouble)) {
                refused.increment();
                place.ifPresent(Listener::onDropped);
            } else {
                place.ifPresent(Listener::onIgnore);
            }
        }
    }

    /**
     * The library's own AIMDLimit adds one for each answer, and so has every third command refused in the end; and it takes
     * a tenth for each of those that were refused together, where one refusal says as much as all.
     */
    private static final class Adapting extends AbstractLimit {

        private final int most;
        private double exact;
        private long lowered = System.nanoTime();

        Adapting(int most) {
            super(Math.max(FEWEST, most / 2));
            this.most = most;
            this.exact = getLimit();
        }

        @Override
        protected int _update(long sentAt, long nanos, int inFlight, boolean dropped) {
            if (dropped && sentAt - lowered > 0) {
                exact *= LESS;
                lowered = System.nanoTime();
            } else if (!dropped && inFlight * 2 >= exact) {
                exact += 1 / exact;
            }
            exact = Math.clamp(exact, FEWEST, most);
            return (int) exact;
        }
    }
}
