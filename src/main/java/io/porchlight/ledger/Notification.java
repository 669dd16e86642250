package io.porchlight.ledger;

import io.porchlight.orders.JourneyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one customer on one channel, as the ledger has it.
 *
 * @param occurrence which time of its milestone it tells about
 * @param milestone what it tells about; absent before the first milestone
 * @param rank the milestone's place in the story; 0 for the confirmation
 * @param validUntil after this it is no longer true
 * @param attempts how often it was handed to the gateway
 * @param reason why it was skipped, has failed, is unknown, or waits; a sentence for people
 * @param reply what the gateway answered when it took it
 * @param firstTryAt the letter's Date on every try
 */
public record Notification(
        long id,
        JourneyKey key,
        String processId,
        String step,
        Occurrence occurrence,
        String channel,
        String template,
        MessageClass messageClass,
        @Nullable String milestone,
        int rank,
        State state,
        Instant plannedAt,
        Instant dueAt,
        @Nullable Instant validUntil,
        int attempts,
        @Nullable String reason,
        @Nullable String subject,
        @Nullable String reply,
        @Nullable Instant firstTryAt,
        @Nullable Instant settledAt) {

    /** The stages of a notification's life; the last four are final. */
    public enum State {
        PLANNED,
        CLAIMED,
        ATTEMPTING,
        SENT,
        SKIPPED,
        FAILED,
        UNKNOWN
    }

    /** What the law and the customer's consent make of it. */
    public enum MessageClass {
        TRANSACTIONAL,
        MARKETING
    }

    /**
     * Which time of its milestone.
     *
     * @param parcel the parcel's name, or {@code -} for the whole order
     * @param number from 1
     */
    public record Occurrence(String parcel, int number) {

        /** The only one, of the whole order. */
        public static final Occurrence FIRST = new Occurrence("-", 1);

        static Occurrence parse(String text) {
            int hash = text.lastIndexOf('#');
            return new Occurrence(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
        }

        @Override
        public String toString() {
            return parcel + "#" + number;
        }
    }
}
