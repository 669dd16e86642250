package io.porchlight.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What became of texts after the provider took them, as it reports. */
@Component
public class TextStatuses {

    /**
     * The end of a text.
     *
     * @param status {@code delivered}, {@code undelivered} or {@code failed}
     * @param note the provider's reason; may be empty
     */
    public record TextStatus(String status, String note, Instant at) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    TextStatuses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes a report down, once.
     *
     * @param plannedAt tells this ledger's row from one of an older ledger
     * @return whether there is such a text
     */
    @Transactional
    public boolean record(long notification, Instant plannedAt, String status, String note) {
        var planned = jdbc.sql("select planned_at from notification where id = :id and channel = 'sms'")
                .param("id", notification)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
        if (planned.filter(at -> at.toEpochMilli() == plannedAt.toEpochMilli()).isEmpty()) {
            return false;
        }
        jdbc.sql("""
                        insert into text_status (notification_id, status, note, said_at)
                        values (:id, :status, :note, :now) on conflict do nothing
                        """)
                .param("id", notification)
                .param("status", status)
                .param("note", note.length() <= 200 ? note : note.substring(0, 200))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return true;
    }

    /** The newest report about a text. */
    public Optional<TextStatus> of(long notification) {
        return jdbc.sql("select * from text_status where notification_id = :id order by said_at desc, status limit 1")
                .param("id", notification)
                .query((row, number) -> new TextStatus(
                        row.getString("status"),
                        row.getString("note"),
                        row.getTimestamp("said_at").toInstant()))
                .optional();
    }
}
