package io.porchlight.notifications;

import io.porchlight.orders.Phone;
import io.porchlight.orders.Phone.Mobile;
import io.porchlight.orders.Phone.Unusable;
import io.porchlight.texts.TextGateway;
import io.porchlight.texts.TextSettings;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a customer can be texted: by whom, at which number, and with whose consent. */
@Component
class ByText {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.UK);

    private final Optional<TextGateway> gateway;
    private final TextSettings settings;

    ByText(Optional<TextGateway> gateway, TextSettings settings) {
        this.gateway = gateway;
        this.settings = settings;
    }

    /** Why not, as a sentence that support can read out; empty when nothing stands in the way. */
    Optional<String> obstacle(Facts facts) {
        if (gateway.isEmpty()) {
            return Optional.of("unreachable: no provider of text messages is set up (porchlight.texts.provider)");
        }
        String brand = facts.brand().id();
        if (settings.sender(brand).isEmpty()) {
            return Optional.of(
                    "unreachable: the brand has no number to text from (porchlight.texts.senders." + brand + ")");
        }
        return switch (Phone.of(facts.order())) {
            case Unusable unusable -> Optional.of("unreachable: the order " + unusable.why());
            case Mobile mobile -> consent(facts);
        };
    }

    private static Optional<String> consent(Facts facts) {
        var consent = facts.addressee().consent();
        if (consent.textsStopped().isPresent()) {
            var since = consent.textsStopped().get().since().atZone(facts.zone());
            return Optional.of("no consent: the customer answered STOP to our texts on " + DAY.format(since));
        }
        if (consent.allowsTexts()) {
            return Optional.empty();
        }
        return Optional.of(
                consent.preferences().channel() == null
                        ? "no consent: the customer has not agreed to text messages"
                        : "no consent: the customer asked for email");
    }
}
