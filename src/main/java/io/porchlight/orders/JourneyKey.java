package io.porchlight.orders;

import java.util.Collection;
import java.util.List;

/**
 * Names one order and its journey; as text, {@code brand:orderId}, it is the correlation key of every message.
 *
 * @param brand the shop's id, free of colons
 * @param orderId the shop's own id, as text
 */
public record JourneyKey(String brand, String orderId) {

    /** Reads a key that {@link #toString()} wrote. */
    public static JourneyKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException("Not a journey key: " + text);
        }
        return new JourneyKey(text.substring(0, colon), text.substring(colon + 1));
    }

    /** These keys as texts. */
    public static List<String> texts(Collection<JourneyKey> keys) {
        return keys.stream().map(JourneyKey::toString).toList();
    }

    @Override
    public String toString() {
        return brand + ":" + orderId;
    }
}
