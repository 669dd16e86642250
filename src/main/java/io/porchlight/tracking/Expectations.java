package io.porchlight.tracking;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Progress;
import io.porchlight.fulfillment.StepTimes;
import io.porchlight.models.JourneyModel;
import io.porchlight.orders.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * About when the next steps will happen: each as long after the one before as it usually takes. The chain ends where nobody
 * can tell: at a step without history, at a fork, and as soon as a step is later than usual, for then usual no longer holds.
 */
@Component
class Expectations {

    private final StepTimes times;

    Expectations(StepTimes times) {
        this.times = times;
    }

    Map<String, Instant> of(Order order, String processId, Progress progress, Instant now) {
        var expected = new TreeMap<String, Instant>();
        var newest = progress.newest();
        var steps =
                progress.steps().stream().filter(step -> !progress.done(step)).toList();
        @Nullable String from = newest.map(Milestone::name).orElse(null);
        @Nullable Instant at = newest.isPresent() ? progress.when(newest.get()) : order.placedAt();
        for (var step : steps) {
            var usual = times.usual(order.brand(), processId, from, step.name());
            if (at == null
                    || usual.isEmpty()
                    || forks(step, steps)
                    || at.plus(usual.get()).isBefore(now)) {
                break;
            }
            at = at.plus(usual.get());
            from = step.name();
            expected.put(from, at);
        }
        return expected;
    }

    private static boolean forks(JourneyModel.Milestone step, List<JourneyModel.Milestone> steps) {
        return steps.stream().filter(other -> other.rank() == step.rank()).count() > 1;
    }
}
