package io.porchlight.texts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a provider told us. */
public sealed interface Heard {

    /**
     * Somebody answered.
     *
     * @param id the same however often the provider tells it
     * @param from in E.164
     * @param brands whose number it was sent to
     */
    record Reply(String id, String from, List<String> brands, String words) implements Heard {}

    /**
     * The end of one of our texts.
     *
     * @param notification the ledger's row
     * @param plannedAt when that was planned, to the millisecond
     * @param status {@code delivered}, {@code undelivered} or {@code failed}
     * @param note the provider's reason; may be empty
     */
    record Ended(long notification, Instant plannedAt, String status, String note) implements Heard {

        /** Reads the id that we gave the text. */
        static Optional<Heard> of(String textId, String status, String note) {
            var parts = ID.matcher(textId);
            if (!parts.matches()) {
                return Optional.empty();
            }
            var plannedAt = Instant.ofEpochMilli(Long.parseLong(parts.group(2), 36));
            return Optional.of(new Ended(Long.parseLong(parts.group(1)), plannedAt, status, note));
        }
    }

    /** Nothing that we need to know. */
    record Nothing() implements Heard {}

    /** The id of a text: the ledger's row, and the moment in which it was planned. */
    Pattern ID = Pattern.compile("(\\d{1,18})-([0-9a-z]{1,11})");
}
