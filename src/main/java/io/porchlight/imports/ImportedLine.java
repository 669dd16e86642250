package io.porchlight.imports;

import org.jspecify.annotations.Nullable;

/**
 * What became of one line.
 *
 * @param line the line of the file, or the row as a spreadsheet counts it, from 1
 * @param orderId the order that it names; absent when it names none that can be
 * @param milestoneId the milestone that it reports; absent when it is an order
 * @param field what to mend, when it was refused
 * @param reason why it was refused
 */
public record ImportedLine(
        long line,
        @Nullable String orderId,
        @Nullable String milestoneId,
        Outcome outcome,
        @Nullable String field,
        @Nullable String reason) {

    /** What became of it. */
    public enum Outcome {
        /** It is new, and written down. */
        ACCEPTED,
        /** The very same is known. */
        DUPLICATE,
        /** Nothing of it was written down. */
        REFUSED
    }
}
