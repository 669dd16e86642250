package io.porchlight.consent;

import java.time.Instant;

/**
 * Something that was said about consent.
 *
 * @param order the order that said it, or whose letter led to it
 * @param said in words
 */
public record ConsentEntry(Instant at, Source source, String order, String said) {

    /** Who says it, and where. */
    public enum Source {
        /** The shop, with an order. */
        ORDER,
        /** The customer or their mail client, by the unsubscribe link. */
        UNSUBSCRIBE_LINK,
        /** The customer, on the preference page. */
        PREFERENCE_PAGE,
        /** The customer, by calling a letter spam. */
        COMPLAINT,
        /** The receiving mail server. */
        BOUNCE
    }
}
