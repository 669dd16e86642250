package io.porchlight.notifications;

import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.models.JourneyModel.SendAt;
import io.porchlight.notifications.Verdict.Later;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Nobody is woken. Texts of every kind and marketing wait for the morning where the customer is; an email about an order
 * disturbs nobody and goes out at once, unless its step asks for the morning.
 */
@Component
@Order(70)
class QuietHours implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return disturbs(facts)
                ? new Night(facts.brand().quietHours(), facts.zone())
                        .endOf(facts.now())
                        .map(morning ->
                                new Later(morning, "it is night where the customer is; it waits for the morning"))
                : Optional.empty();
    }

    private static boolean disturbs(Facts facts) {
        return !facts.notification().channel().equals("email")
                || facts.notification().messageClass() == MessageClass.MARKETING
                || facts.step().map(step -> step.sendAt() == SendAt.MORNING).orElse(false);
    }
}
