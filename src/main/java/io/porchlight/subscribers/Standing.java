package io.porchlight.subscribers;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a subscriber is doing.
 *
 * @param disabledAt when it answered 410; absent while it is told things
 * @param lastTrouble why the last one that it did not take was not taken; may be older than the last success
 * @param nextTryAt when the first of the waiting ones is sent, or sent again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Standing(
        @Nullable Instant disabledAt,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastTroubleAt,
        @Nullable String lastTrouble,
        long waiting,
        @Nullable Instant nextTryAt,
        long givenUp) {

    static final Standing NEW = new Standing(null, null, null, null, 0, null, 0);
}
