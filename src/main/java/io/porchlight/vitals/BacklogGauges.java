package io.porchlight.vitals;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Shows how much waits and for how long. It is read from the database when somebody looks, all of it together, and not
 * again for a while. While the database is away there is no number: the metrics' page itself comes all the same, and soon.
 */
@Component
final class BacklogGauges implements MeterBinder {

    static final Duration GOOD_FOR = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(BacklogGauges.class);

    /** Whoever asks for metrics gives up after some seconds; a database that is away takes longer to say so. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<WhatWaits> all;
    private final Clock clock;

    private Map<String, Depth> last = Map.of();
    private Instant readAt = Instant.MIN;
    private @Nullable FutureTask<Map<String, Depth>> underway;

    BacklogGauges(List<WhatWaits> all, Clock clock) {
        this.all = all;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (var waiting : all) {
            for (var name : waiting.names()) {
                Gauge.builder("porchlight.backlog.size", this, numberOf(name, Depth::many))
                        .description("How many wait to be worked off, counted up to " + Depth.MOST)
                        .tag("of", name)
                        .register(meters);
                Gauge.builder("porchlight.backlog.age", this, numberOf(name, this::age))
                        .description("For how long the oldest of them has waited; 0 when none does")
                        .baseUnit("seconds")
                        .tag("of", name)
                        .register(meters);
            }
        }
    }

    private static ToDoubleFunction<BacklogGauges> numberOf(String name, ToDoubleFunction<Depth> number) {
        return gauges -> {
            var depth = gauges.current().get(name);
            return depth == null ? Double.NaN : number.applyAsDouble(depth);
        };
    }

    private double age(Depth depth) {
        return depth.oldest() == null
                ? 0
                : Math.max(0, Duration.between(depth.oldest(), clock.instant()).toMillis() / 1000.0);
    }

    private synchronized Map<String, Depth> current() {
        var now = clock.instant();
        boolean setBack = readAt.isAfter(now);
        if (setBack || !readAt.isAfter(now.minus(GOOD_FOR))) {
            readAt = now;
            last = await(reading());
        }
        return last;
    }

    /** One at a time: who still waits for a database that is away is not joined by others. */
    private FutureTask<Map<String, Depth>> reading() {
        var reading = underway;
        if (reading == null || reading.isDone()) {
            reading = new FutureTask<>(this::read);
            underway = reading;
            Thread.ofPlatform().daemon().name("backlogs").start(reading);
        }
        return reading;
    }

    private Map<String, Depth> read() {
        var depths = new HashMap<String, Depth>();
        for (var waiting : all) {
            for (var name : waiting.names()) {
                depths.put(name, waiting.depth(name));
            }
        }
        return depths;
    }

    private static Map<String, Depth> await(FutureTask<Map<String, Depth>> reading) {
        try {
            return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            log.debug("Nobody can say how much waits", away);
            return Map.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }
}
