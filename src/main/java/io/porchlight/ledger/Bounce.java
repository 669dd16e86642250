package io.porchlight.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a letter after it left, or why its recipient's server did not take it.
 *
 * @param eventId the same however often it is told
 * @param code the enhanced status code (RFC 3463), such as {@code 5.1.1}; absent when there was none
 * @param text what the other side said; empty when it said nothing, or when the customer was erased
 * @param at when it happened, as the other side says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Bounce(Kind kind, String eventId, @Nullable String code, String text, Instant at) {

    /** The same, but happened then. */
    public Bounce at(Instant then) {
        return new Bounce(kind, eventId, code, text, then);
    }

    /** The same without what may name a person. */
    public Bounce withoutWords() {
        return new Bounce(kind, eventId, code, "", at);
    }

    /** What it means for the address. */
    public enum Kind {
        /** There is no such address: nothing more goes there. */
        HARD,
        /** It did not arrive this time: the mailbox is full, the server away. */
        SOFT,
        /** It was refused for what it is or whom it comes from: our fault, not the address's. */
        POLICY,
        /** It is late, and still tried. */
        DELAYED,
        /** The customer called it spam. */
        COMPLAINT
    }
}
