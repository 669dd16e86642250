package io.porchlight.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.porchlight.database.MovableClock;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestone.State;
import io.porchlight.orders.JourneyKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MilestoneMetersTest {

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MilestoneMeters meters = new MilestoneMeters(registry, clock);

    @Test
    void measuresFromWritingAMilestoneDownToTheEnginesAnswer() {
        var cut = new Milestone(
                7,
                new JourneyKey("bottega", "1001"),
                "leather-cut",
                Milestone.WHOLE_ORDER,
                1,
                false,
                MovableClock.START.minus(Duration.ofDays(2)),
                MovableClock.START,
                NullNode.getInstance(),
                State.NEW);
        clock.pass(Duration.ofMillis(40));

        meters.published(cut);

        var timer = registry.get("porchlight.milestones.recorded.to.published").timer();
        assertThat(timer.count()).isOne();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    }
}
