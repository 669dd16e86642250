package io.porchlight.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Plain;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an order, or to one parcel of it.
 *
 * @param parcel the parcel's name, or {@link #WHOLE_ORDER}
 * @param occurrence the n-th time of this name for this parcel, from 1
 * @param implied it was not reported, but a later one was
 * @param occurredAt when it happened; absent when unknown
 */
public record Milestone(
        long id,
        JourneyKey key,
        String name,
        String parcel,
        int occurrence,
        boolean implied,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        JsonNode details,
        State state) {

    /** The parcel of a milestone that is about the whole order. */
    public static final String WHOLE_ORDER = "-";

    /** The order was cancelled or refunded: its model decides what is said, and without a word of the model it ends. */
    public static final String ORDER_CANCELLED = "order-cancelled";

    /** How far the engine knows of it. */
    public enum State {
        /** Its journey has not started. */
        WAITING,
        /** No order came for it in a month; if one does after all, it is taken up again. */
        UNCLAIMED,
        /** To be published. */
        NEW,
        /** The engine has it. */
        PUBLISHED,
        /** The journey has moved on by it. */
        CORRELATED,
        /** No model waits for it: shown, not published. */
        RECORDED,
        /** The journey is to be ended by it, for its model has no word for it. */
        ENDING,
        /** A repeat of what the journey knows: shown, not published. */
        HISTORY
    }

    /** Whether it is about the order and not about one parcel. */
    public boolean wholeOrder() {
        return parcel.equals(WHOLE_ORDER);
    }

    /** A text that the sender attached, such as {@code note} or {@code carrier}, on one line; empty when there is none. */
    public String attached(String detail) {
        return Plain.text(details.path(detail).asText(""));
    }
}
