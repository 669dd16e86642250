package io.porchlight.ledger;

import io.porchlight.orders.JourneyKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what customers have heard: what was sent, may have been sent, or is about to be. */
@Component
public class Tally {

    private static final String HEARD = "state in ('CLAIMED', 'ATTEMPTING', 'SENT', 'UNKNOWN')";

    private final JdbcClient jdbc;
    private final Clock clock;

    Tally(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How many others than this one there were about its order. */
    public int others(Notification notification) {
        return jdbc.sql("select count(*) from notification where journey_key = :key and id <> :id and " + HEARD)
                .param("key", notification.key().toString())
                .param("id", notification.id())
                .query(Integer.class)
                .single();
    }

    /** The same news on another channel; empty when the model asks for one channel only. */
    public Optional<Notification> twin(Notification notification) {
        return jdbc.sql("""
                        select * from notification where journey_key = :key and process_id = :process and step = :step
                            and occurrence = :occurrence and channel <> :channel
                        """)
                .param("key", notification.key().toString())
                .param("process", notification.processId())
                .param("step", notification.step())
                .param("occurrence", notification.occurrence().toString())
                .param("channel", notification.channel())
                .query(Ledger::read)
                .optional();
    }

    /** When there was marketing about any of these orders other than this one, oldest first. */
    public List<Instant> otherMarketing(Notification notification, Collection<JourneyKey> keys, Instant since) {
        return jdbc.sql("""
                        select coalesce(settled_at, first_try_at, :now) as at from notification
                        where journey_key in (:keys) and id <> :id and message_class = 'MARKETING'
                            and coalesce(settled_at, first_try_at, :now) > :since and\s""" + HEARD + " order by at")
                .param("now", Timestamp.from(clock.instant()))
                .param("keys", keys.stream().map(JourneyKey::toString).toList())
                .param("id", notification.id())
                .param("since", Timestamp.from(since))
                .query((row, number) -> row.getTimestamp("at").toInstant())
                .list();
    }
}
