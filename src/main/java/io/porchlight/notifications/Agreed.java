package io.porchlight.notifications;

import io.porchlight.consent.Preferences.Topic;
import io.porchlight.consent.Suppression;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.notifications.Verdict.Skip;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Marketing goes only to those who agreed to it, and nothing at all to an address that sends everything back. Marketing is
 * an offer, unless the letter's name begins with {@code care}: then it is a care tip.
 */
@Component
@Order(12)
class Agreed implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        var consent = facts.addressee().consent();
        if (consent.silenced().isPresent() && facts.notification().channel().equals(Carrier.EMAIL)) {
            return skip("suppressed: mail to this address has come back since "
                    + facts.day(consent.silenced().get().since()) + ", so we do not write to it any more");
        }
        if (facts.notification().messageClass() != MessageClass.MARKETING) {
            return Optional.empty();
        }
        if (consent.marketingStopped().isPresent()) {
            var stopped = consent.marketingStopped().get();
            return skip("no consent: the customer "
                    + (stopped.reason() == Suppression.Reason.COMPLAINED ? "marked a letter as spam" : "unsubscribed")
                    + " on " + facts.day(stopped.since()) + ", and we have sent no care tips or offers since");
        }
        return consent.allows(topic(facts))
                ? Optional.empty()
                : skip("no consent: the customer has not agreed to " + words(topic(facts)));
    }

    private static Topic topic(Facts facts) {
        String template = facts.notification().template();
        return template.substring(template.lastIndexOf('/') + 1).startsWith("care") ? Topic.CARE_TIPS : Topic.OFFERS;
    }

    private static String words(Topic topic) {
        return topic.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Optional<Verdict> skip(String reason) {
        return Optional.of(new Skip(reason));
    }
}
