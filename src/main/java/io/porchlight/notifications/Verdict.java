package io.porchlight.notifications;

import java.time.Instant;

/** What the gate says about a notification that is due. */
sealed interface Verdict {

    /** It goes out now. */
    record SendNow() implements Verdict {}

    /**
     * It goes out later.
     *
     * @param wished whether the customer asked for the wait, so that it must not make the letter stale
     */
    record Later(Instant at, String reason, boolean wished) implements Verdict {

        Later(Instant at, String reason) {
            this(at, reason, false);
        }
    }

    /** It never goes out; the reason is a sentence that support can read out to the customer. */
    record Skip(String reason) implements Verdict {}
}
