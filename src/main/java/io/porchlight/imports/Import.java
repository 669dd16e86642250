package io.porchlight.imports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a file, and how far it came.
 *
 * @param sentBy who sent it: a user of the studio, or the API
 * @param reason why it was broken off
 * @param bytesRead how much of the file is written down
 * @param bytesTotal how large the file is; absent when its sender did not say
 * @param lastLine the last line that is written down; everything up to it is
 * @param movedAt when it last came further
 */
public record Import(
        String id,
        String brand,
        String sentBy,
        State state,
        @Nullable String reason,
        long bytesRead,
        @Nullable Long bytesTotal,
        long lastLine,
        long accepted,
        long duplicates,
        long refused,
        Instant begunAt,
        Instant movedAt) {

    /** Where a reading is. */
    public enum State {
        RUNNING,
        FINISHED,
        /** It ended before the file did; what was read is written down. */
        BROKEN_OFF
    }

    /** How many lines are written down. */
    public long lines() {
        return accepted + duplicates + refused;
    }

    /** How much of the file is done, from 0 to 100; -1 when nobody knows. */
    public int percent() {
        if (state == State.FINISHED) {
            return 100;
        }
        return bytesTotal == null || bytesTotal <= 0 ? -1 : (int) Math.min(100, bytesRead * 100 / bytesTotal);
    }

    /** Whether it still goes on. */
    public boolean running() {
        return state == State.RUNNING;
    }
}
