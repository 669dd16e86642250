package io.porchlight.notifications;

import java.time.Instant;

/** What the gate says about a notification that is due. */
sealed interface Verdict {

    /** It goes out now. */
    record SendNow() implements Verdict {}

    /** It goes out later. */
    record Later(Instant at, String reason) implements Verdict {}

    /** It never goes out; the reason is a sentence that support can read out to the customer. */
    record Skip(String reason) implements Verdict {}
}
