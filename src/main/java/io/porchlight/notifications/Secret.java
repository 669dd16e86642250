package io.porchlight.notifications;

import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A gift stays a secret: care tips and offers say what somebody bought, so they are left out. */
@Component
@Order(47)
class Secret implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return facts.gift() && facts.notification().messageClass() == MessageClass.MARKETING
                ? Optional.of(
                        new Skip("a gift: the customer said that nobody may learn what is in this order, and care tips"
                                + " and offers could tell"))
                : Optional.empty();
    }
}
