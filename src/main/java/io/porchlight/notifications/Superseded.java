package io.porchlight.notifications;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.models.JourneyModel;
import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Old news stays home: the letter's milestone was only implied, or a later one of the same parcel (or of the whole order)
 * is known. The rule looks at facts, never at other notifications, so it always gives the same answer.
 */
@Component
@Order(20)
class Superseded implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        int rank = facts.notification().rank();
        if (rank == 0) {
            return Optional.empty();
        }
        var newer = facts.milestones().stream()
                .filter(milestone -> milestone
                        .parcel()
                        .equals(facts.notification().occurrence().parcel()))
                .filter(milestone -> rank(milestone, facts.model()) > rank)
                .map(Milestone::name)
                .findFirst();
        if (newer.isPresent()) {
            return Optional.of(new Skip("superseded: by the time it was to go out, we already knew of \"" + newer.get()
                    + "\", and that is what the customer was told"));
        }
        return facts.milestone()
                .filter(Milestone::implied)
                .map(implied -> new Skip("superseded: nobody reported \"" + implied.name()
                        + "\", it only follows from what was reported later"));
    }

    private static int rank(Milestone milestone, JourneyModel model) {
        return model.milestone(milestone.name())
                .map(JourneyModel.Milestone::rank)
                .orElse(0);
    }
}
