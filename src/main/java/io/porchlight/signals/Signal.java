package io.porchlight.signals;

import io.porchlight.orders.JourneyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a system posted, and what became of it.
 *
 * @param type what the sender calls it
 * @param occurredAt when it happened, by the sender's clock; absent when unknown
 * @param about the order or parcel it speaks of, in the sender's words; absent until it was read
 * @param key the order that it was found to be about
 * @param reason why it is where it is: a sentence that support can read out
 * @param attempts how often it was tried to be understood since it last came to rest
 */
public record Signal(
        long id,
        String source,
        String brand,
        String type,
        Instant receivedAt,
        @Nullable Instant occurredAt,
        @Nullable String about,
        @Nullable JourneyKey key,
        State state,
        @Nullable String reason,
        int attempts) {

    /** What became of a signal. */
    public enum State {
        /** It is written down, and is to be understood. */
        NEW,
        /** It is a fact now: an order, a milestone, a promise. */
        UNDERSTOOD,
        /** Its order is not known yet. */
        WAITING,
        /** A person must have a look. */
        PARKED,
        /** It is of no consequence. */
        IGNORED
    }
}
