package io.porchlight.journeys;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.porchlight.fulfillment.Milestone;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Measures how long it takes until the engine knows what happened. */
@Component
class MilestoneMeters {

    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 20, 40, 100, 200, 500, 1_000, 2_500, 5_000, 15_000, 60_000, 300_000, 3_600_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer recordedToPublished;
    private final Clock clock;

    MilestoneMeters(MeterRegistry meters, Clock clock) {
        this.recordedToPublished = Timer.builder("porchlight.milestones.recorded.to.published")
                .description("From when a milestone is written down to when the engine has it")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        this.clock = clock;
    }

    /** The engine has it. */
    void published(Milestone milestone) {
        recordedToPublished.record(Duration.between(milestone.receivedAt(), clock.instant()));
    }
}
