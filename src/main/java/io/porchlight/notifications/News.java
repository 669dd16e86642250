package io.porchlight.notifications;

import io.porchlight.models.JourneyModel;
import java.util.Set;

/**
 * How much a piece of news about an order weighs.
 *
 * <p>The model says nothing about it, so the rule is this: what stands on the model's main path is a step on the way, but
 * for the end of the story and the milestones that everybody waits for, which are big news. What stands beside the main path
 * is a problem, but for the carriers' everyday scans. A letter about no milestone (the confirmation, a word against the
 * silence) always goes out: the confirmation has to (directive 2011/83/EU, 8.7), and silence is a problem.
 */
enum News {
    STEP,
    BIG,
    PROBLEM;

    private static final Set<String> AWAITED = Set.of("shipped", "ready-for-pickup", "delivered");
    private static final Set<String> SCANS = Set.of("label-created", "handed-over", "in-transit", "out-for-delivery");
    private static final Set<String> PROBLEMS =
            Set.of("delayed", "attempt-failed", "exception", "returning", "cancelled");

    static News of(Facts facts) {
        var name = facts.notification().milestone();
        if (name == null || PROBLEMS.contains(name)) {
            return PROBLEM;
        }
        if (AWAITED.contains(name)) {
            return BIG;
        }
        if (SCANS.contains(name)) {
            return STEP;
        }
        return facts.model()
                .milestone(name)
                .map(known -> weigh(known, facts.model()))
                .orElse(STEP);
    }

    private static News weigh(JourneyModel.Milestone milestone, JourneyModel model) {
        if (!milestone.mainPath()) {
            return PROBLEM;
        }
        return model.milestones().stream().allMatch(other -> other.rank() <= milestone.rank()) ? BIG : STEP;
    }
}
