package io.porchlight.ledger;

import io.porchlight.orders.JourneyKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes notifications back that were let through with facts that changed since. The caller holds the customer's consent, so
 * nothing of theirs is claimed meanwhile.
 */
@Component
public class TakeBacks {

    private final JdbcClient jdbc;
    private final Clock clock;

    TakeBacks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Has the gate decide anew about whatever has not left: what is being handed over stops before its final dot. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeBack(Collection<JourneyKey> keys) {
        for (var key : keys) {
            // In this order: what becomes ATTEMPTING between the two statements is caught by the second.
            jdbc.sql("""
                            update notification set state = 'PLANNED', owner = null, due_at = :now
                            where journey_key = :key and state = 'CLAIMED'
                            """).param("now", now()).param("key", key.toString()).update();
            jdbc.sql("update notification set taken_back = true where journey_key = :key and state = 'ATTEMPTING'")
                    .param("key", key.toString())
                    .update();
        }
    }

    /** Has the gate decide anew about whatever waits for another day; what the mail server put off stays put off. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void reconsider(Collection<JourneyKey> keys) {
        for (var key : keys) {
            jdbc.sql("""
                            update notification set due_at = :now
                            where journey_key = :key and state = 'PLANNED' and due_at > :now and attempts = 0
                            """).param("now", now()).param("key", key.toString()).update();
        }
    }

    /** Gives up whatever has not left; what is being handed over stops before its final dot, and is then given up. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveUp(Collection<JourneyKey> keys, String reason) {
        takeBack(keys);
        for (var key : keys) {
            jdbc.sql("""
                            update notification set reason = :reason, settled_at = :now,
                                state = case when exists (select 1 from earlier_try t
                                    where t.notification_id = notification.id and t.outcome = 'unknown')
                                    then 'UNKNOWN' else 'SKIPPED' end
                            where journey_key = :key and state = 'PLANNED'
                            """)
                    .param("reason", reason)
                    .param("now", now())
                    .param("key", key.toString())
                    .update();
            jdbc.sql("update notification set again_at = null where journey_key = :key")
                    .param("key", key.toString())
                    .update();
        }
    }

    /** Whether something of these journeys is at the mail server, and nobody can stop it any more. */
    public boolean leaving(Collection<JourneyKey> keys) {
        return !keys.isEmpty()
                && jdbc.sql("""
                                select count(*) from notification
                                where journey_key in (:keys) and state = 'ATTEMPTING' and lease_until > :now
                                """)
                                .param("keys", JourneyKey.texts(keys))
                                .param("now", now())
                                .query(Integer.class)
                                .single()
                        > 0;
    }

    /** The journeys of a brand of which something is at the gateway of a channel, and nobody can stop it any more. */
    public List<JourneyKey> leaving(String brand, String channel) {
        return jdbc.sql("""
                        select journey_key from notification
                        where state = 'ATTEMPTING' and lease_until > :now and channel = :channel
                        """).param("now", now()).param("channel", channel).query(String.class).list().stream()
                .map(JourneyKey::parse)
                .filter(key -> key.brand().equals(brand))
                .toList();
    }

    /**
     * Empties notifications of what may name a person; that they were, how they ended, and when, stays countable.
     *
     * @param keptReason the one reason that names nobody
     */
    @Transactional
    public void forget(Collection<JourneyKey> keys, String keptReason) {
        for (var key : keys) {
            jdbc.sql("""
                            update notification set subject = null, reply = null,
                                reason = case when reason = :kept then reason end
                            where journey_key = :key
                            """).param("kept", keptReason).param("key", key.toString()).update();
            jdbc.sql("""
                            update earlier_try set reason = '' where notification_id in
                                (select id from notification where journey_key = :key)
                            """).param("key", key.toString()).update();
            jdbc.sql("""
                            update bounce set told = '' where notification_id in
                                (select id from notification where journey_key = :key)
                            """).param("key", key.toString()).update();
        }
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
