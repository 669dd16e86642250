package io.porchlight.vitals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much waits.
 *
 * @param many counted up to {@link #MOST}, so that asking costs the same however much it is
 * @param oldest since when the oldest of those waits; absent when nothing does
 */
public record Depth(long many, @Nullable Instant oldest) {

    /** More are not counted. */
    public static final int MOST = 10_000;

    /** Reads the columns {@code many} and {@code oldest}. */
    public static Depth read(ResultSet row, int number) throws SQLException {
        var oldest = row.getTimestamp("oldest");
        return new Depth(row.getLong("many"), oldest == null ? null : oldest.toInstant());
    }
}
