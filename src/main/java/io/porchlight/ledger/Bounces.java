package io.porchlight.ledger;

import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.orders.JourneyKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What came back for which notification; the notification's own state stays what it was. */
@Component
public class Bounces {

    private static final int LONGEST_TEXT = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    Bounces(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Writes down what came back; {@code false} when it was told before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean record(Notification notification, Bounce bounce) {
        return jdbc.sql("""
                                insert into bounce (notification_id, event_id, kind, code, told, happened_at, received_at)
                                values (:notification, :event, :kind, :code, :told, :at, :now) on conflict do nothing
                                """)
                        .param("notification", notification.id())
                        .param("event", bounce.eventId())
                        .param("kind", bounce.kind().name())
                        .param("code", bounce.code())
                        .param("told", cut(bounce.text()))
                        .param("at", Timestamp.from(bounce.at()))
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** What came back for a notification, oldest first. */
    public List<Bounce> of(Notification notification) {
        return jdbc.sql("select * from bounce where notification_id = :id order by id")
                .param("id", notification.id())
                .query((row, number) -> new Bounce(
                        Kind.valueOf(row.getString("kind")),
                        row.getString("event_id"),
                        row.getString("code"),
                        row.getString("told"),
                        row.getTimestamp("happened_at").toInstant()))
                .list();
    }

    /** How many letters about these orders came back softly since then. */
    public int soft(Collection<JourneyKey> keys, Instant since) {
        return jdbc.sql("""
                        select count(distinct b.notification_id) from bounce b
                        join notification n on n.id = b.notification_id
                        where n.journey_key in (:keys) and b.kind = 'SOFT' and b.received_at > :since
                        """)
                .param("keys", JourneyKey.texts(keys))
                .param("since", Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
