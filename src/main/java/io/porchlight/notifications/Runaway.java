package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A model that runs in circles must not write for ever: about one order there are so many messages and no more. What
 * the customer asked for by themselves, such as a lost link, no model sends. */
@Component
@Order(35)
class Runaway implements Rule {

    private final ConsentSettings settings;

    Runaway(ConsentSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Verdict> objection(Facts facts) {
        int others = facts.addressee().others();
        return others < settings.perOrder() || facts.notification().template().startsWith("letters/")
                ? Optional.empty()
                : Optional.of(new Skip("too many: the customer has had " + others
                        + " messages about this order, and more than that would be a mistake of ours"));
    }
}
