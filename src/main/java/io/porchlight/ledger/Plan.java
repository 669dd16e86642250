package io.porchlight.ledger;

import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.orders.JourneyKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a step of a journey asks for. Journey, process, step, occurrence and channel together are unique: asked for again,
 * it is the same notification.
 *
 * @param validFor how long it is true, counted from the moment of planning; absent when for ever
 */
public record Plan(
        JourneyKey key,
        String processId,
        String step,
        Occurrence occurrence,
        String channel,
        String template,
        MessageClass messageClass,
        @Nullable String milestone,
        int rank,
        @Nullable Duration validFor) {}
