package io.porchlight.notifications;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Nobody hears more of an order that was cancelled or refunded than that it was. */
@Component
@Order(5)
class Cancelled implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        if (Milestone.ORDER_CANCELLED.equals(facts.notification().milestone())) {
            return Optional.empty();
        }
        return facts.milestones().stream()
                .filter(milestone -> milestone.name().equals(Milestone.ORDER_CANCELLED))
                .findFirst()
                .map(cancelled -> new Skip("cancelled: the order was cancelled or refunded before this could go out"
                        + because(cancelled)));
    }

    private static String because(Milestone cancelled) {
        String because = cancelled.attached("because");
        return because.isEmpty() ? "" : " (" + because + ")";
    }
}
