package io.porchlight.signals;

import io.porchlight.orders.JourneyKey;
import io.porchlight.signals.Signal.State;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads rows of the inbox. */
final class SignalRows {

    static final String COLUMNS =
            "id, source, brand, type, received_at, occurred_at, about, journey_key, state, reason," + " attempts";

    private SignalRows() {}

    static Signal read(ResultSet row, int number) throws SQLException {
        var occurred = row.getTimestamp("occurred_at");
        String key = row.getString("journey_key");
        return new Signal(
                row.getLong("id"),
                row.getString("source"),
                row.getString("brand"),
                row.getString("type"),
                row.getTimestamp("received_at").toInstant(),
                occurred == null ? null : occurred.toInstant(),
                row.getString("about"),
                key == null ? null : JourneyKey.parse(key),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"));
    }
}
