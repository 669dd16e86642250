package io.porchlight.consent;

import io.porchlight.consent.Preferences.Channel;
import io.porchlight.consent.Preferences.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one customer agreed to, as it stands.
 *
 * @param shopSaysTexts whether the shop says that text messages are welcome
 * @param suppressions what is known against the address and the telephone number that the order came with
 * @param brandSilentSince since when the brand itself asked for silence, if it did
 */
public record Consent(
        Preferences preferences,
        boolean shopSaysTexts,
        List<Suppression> suppressions,
        @Nullable Instant brandSilentSince) {

    /** Why nothing at all goes to the address. */
    public Optional<Suppression> silenced() {
        return suppressions.stream()
                .filter(suppression -> !suppression.marketingOnly() && !suppression.aboutTexts())
                .findFirst();
    }

    /** Why no marketing goes to the address. */
    public Optional<Suppression> marketingStopped() {
        return suppressions.stream()
                .filter(suppression -> !suppression.aboutTexts())
                .findFirst();
    }

    /** Why no text goes to the telephone number. */
    public Optional<Suppression> textsStopped() {
        return suppressions.stream().filter(Suppression::aboutTexts).findFirst();
    }

    /** Whether text messages are welcome; the customer's own choice wins over the shop's word, and STOP over both. */
    public boolean allowsTexts() {
        var channel = preferences.channel();
        return textsStopped().isEmpty() && (channel == null ? shopSaysTexts : channel != Channel.EMAIL);
    }

    /** Whether letters about this may be sent, as far as the customer is concerned. */
    public boolean allows(Topic topic) {
        boolean open = topic == Topic.ORDER_UPDATES
                ? silenced().isEmpty()
                : marketingStopped().isEmpty();
        return open && preferences.wants(topic);
    }
}
