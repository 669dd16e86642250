package io.porchlight.ledger;

import io.porchlight.orders.JourneyKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what customers have heard: what was sent, may have been sent, or is about to be. */
@Component
public class Tally {

    /** By the order alone: {@code ||} keeps PostgreSQL from reading all that is in these states, most of the table. */
    private static final String HEARD = "state || '' in ('CLAIMED', 'ATTEMPTING', 'SENT', 'UNKNOWN')";

    private final JdbcClient jdbc;
    private final Clock clock;

    Tally(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Which notifications there were about each of these orders, by their ids, but for letters that the customer asked for;
     * for an order without any there is no entry.
     */
    public Map<JourneyKey, Set<Long>> heard(Set<JourneyKey> keys) {
        var heard = new HashMap<JourneyKey, Set<Long>>();
        jdbc.sql("select journey_key, id from notification where journey_key in (:keys)"
                        + " and template not like 'letters/%' and " + HEARD)
                .param("keys", JourneyKey.texts(keys))
                .query(row -> {
                    heard.computeIfAbsent(JourneyKey.parse(row.getString("journey_key")), first -> new HashSet<>())
                            .add(row.getLong("id"));
                });
        return heard;
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
                .param("keys", JourneyKey.texts(keys))
                .param("id", notification.id())
                .param("since", Timestamp.from(since))
                .query((row, number) -> row.getTimestamp("at").toInstant())
                .list();
    }
}
