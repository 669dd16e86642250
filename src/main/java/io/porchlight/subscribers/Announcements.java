package io.porchlight.subscribers;

import io.porchlight.orders.JourneyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is still to be told. A row waits for its next attempt, or was given up; once taken by its subscriber it is gone. An
 * attempt is counted before it is made, and taking a row moves its next one to the end of a lease: whoever dies in between
 * leaves it to be taken again.
 */
@Component
class Announcements {

    private static final String OF = " brand = :brand and subscriber = :name ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Announcements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** For a subscriber that is gone it is kept as given up, in case it comes back. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(Subscriber subscriber, EventType type, JourneyKey key, String body) {
        boolean gone = of(subscriber, """
                                select count(*) from subscriber
                                where brand = :brand and name = :name and disabled_at is not null
                                """).query(Integer.class).single() > 0;
        jdbc.sql("""
                        insert into announcement (brand, subscriber, webhook_id, type, journey_key, body, happened_at, state,
                            due_at, given_up_at)
                        values (:brand, :name, :webhook, :type, :key, :body, :now, :state, :now, :gone)
                        """)
                .param("brand", subscriber.brand())
                .param("name", subscriber.name())
                .param("webhook", "msg_" + UUID.randomUUID())
                .param("type", type.toString())
                .param("key", key.toString())
                .param("body", body)
                .param("now", now())
                .param("state", gone ? "GIVEN_UP" : "WAITING")
                .param("gone", gone ? now() : null)
                .update();
    }

    /** Takes some that are due; those that other instances hold are left out. */
    @Transactional
    public List<Announcement> take(Subscriber subscriber, int most, Duration lease) {
        var due = of(subscriber, "select * from announcement where" + OF + """
                        and state = 'WAITING' and due_at <= :now
                        order by due_at, id limit :most for update skip locked
                        """)
                .param("now", now())
                .param("most", most)
                .query(Announcements::taken)
                .list();
        if (!due.isEmpty()) {
            jdbc.sql("update announcement set attempts = attempts + 1, due_at = :lease where id in (:ids)")
                    .param("lease", Timestamp.from(clock.instant().plus(lease)))
                    .param("ids", due.stream().map(Announcement::id).toList())
                    .update();
        }
        return due;
    }

    /** When the next one of a subscriber is due, if any waits. */
    Optional<Instant> nextDue(Subscriber subscriber) {
        return of(subscriber, "select min(due_at) as due from announcement where" + OF + "and state = 'WAITING'")
                .query((row, number) -> Optional.ofNullable(instant(row, "due")))
                .single();
    }

    /** The subscriber took it. */
    @Transactional
    public void delivered(Subscriber subscriber, Announcement announcement) {
        jdbc.sql("delete from announcement where id = :id")
                .param("id", announcement.id())
                .update();
        of(subscriber, "update subscriber set last_success_at = :now where brand = :brand and name = :name")
                .param("now", now())
                .update();
    }

    /** The subscriber did not take it now. */
    @Transactional
    public void putOff(Subscriber subscriber, Announcement announcement, Instant until, String why) {
        attempt(announcement, "due_at = :until, trouble = :why", why)
                .param("until", Timestamp.from(until))
                .update();
        trouble(subscriber, why);
    }

    /** The subscriber never took it. */
    @Transactional
    public void giveUp(Subscriber subscriber, Announcement announcement, String why) {
        attempt(announcement, "state = 'GIVEN_UP', given_up_at = :now, trouble = :why", why)
                .param("now", now())
                .update();
        trouble(subscriber, why);
    }

    /** The subscriber asked to be left alone for a while: everything for it waits. */
    @Transactional
    void rest(Subscriber subscriber, Instant until) {
        of(
                        subscriber,
                        "update announcement set due_at = :until where" + OF
                                + "and state = 'WAITING' and due_at < :until")
                .param("until", Timestamp.from(until))
                .update();
    }

    /** The subscriber wants nothing any more. */
    @Transactional
    public void disable(Subscriber subscriber, String why) {
        of(
                        subscriber,
                        "update announcement set state = 'GIVEN_UP', given_up_at = :now, trouble = :why where" + OF
                                + "and state = 'WAITING'")
                .param("now", now())
                .param("why", why)
                .update();
        of(subscriber, "update subscriber set disabled_at = :now where brand = :brand and name = :name")
                .param("now", now())
                .update();
        trouble(subscriber, why);
    }

    /** Begins anew with everything that was given up; a subscriber that was gone is back. */
    @Transactional
    public int replay(Subscriber subscriber) {
        int again = of(subscriber, """
                        update announcement set state = 'WAITING', attempts = 0, due_at = :now, given_up_at = null
                        where""" + OF + "and state = 'GIVEN_UP'")
                .param("now", now())
                .update();
        of(subscriber, "update subscriber set disabled_at = null where brand = :brand and name = :name")
                .update();
        return again;
    }

    /** How a subscriber is doing. */
    Standing standing(Subscriber subscriber) {
        return of(subscriber, """
                        select s.*,
                            (select count(*) from announcement a where a.brand = s.brand and a.subscriber = s.name
                                and a.state = 'WAITING') as waiting,
                            (select min(due_at) from announcement a where a.brand = s.brand and a.subscriber = s.name
                                and a.state = 'WAITING') as next_try_at,
                            (select count(*) from announcement a where a.brand = s.brand and a.subscriber = s.name
                                and a.state = 'GIVEN_UP') as given_up
                        from subscriber s where s.brand = :brand and s.name = :name
                        """)
                .query((row, number) -> new Standing(
                        instant(row, "disabled_at"),
                        instant(row, "last_success_at"),
                        instant(row, "last_trouble_at"),
                        row.getString("last_trouble"),
                        row.getLong("waiting"),
                        instant(row, "next_try_at"),
                        row.getLong("given_up")))
                .optional()
                .orElse(Standing.NEW);
    }

    /** Whatever names this order is gone; what is under way at this moment is not sent again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(JourneyKey key) {
        jdbc.sql("delete from announcement where journey_key = :key")
                .param("key", key.toString())
                .update();
    }

    /** Makes a subscriber known that was configured for the first time. */
    @Transactional
    void know(Subscriber subscriber) {
        of(subscriber, "insert into subscriber (brand, name) values (:brand, :name) on conflict do nothing")
                .update();
    }

    /** Nobody asks any more for what was given up so long ago. */
    @Transactional
    int sweep(Duration age) {
        return jdbc.sql("delete from announcement where state = 'GIVEN_UP' and given_up_at < :then")
                .param("then", Timestamp.from(clock.instant().minus(age)))
                .update();
    }

    private void trouble(Subscriber subscriber, String why) {
        of(
                        subscriber,
                        "update subscriber set last_trouble_at = :now, last_trouble = :why where brand = :brand and name = :name")
                .param("now", now())
                .param("why", why)
                .update();
    }

    /** Only while it is this attempt's turn. */
    private StatementSpec attempt(Announcement announcement, String change, String why) {
        return jdbc.sql("update announcement set " + change
                        + " where id = :id and attempts = :attempts and state = 'WAITING'")
                .param("id", announcement.id())
                .param("attempts", announcement.attempts())
                .param("why", why);
    }

    private StatementSpec of(Subscriber subscriber, String sql) {
        return jdbc.sql(sql).param("brand", subscriber.brand()).param("name", subscriber.name());
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static Announcement taken(ResultSet row, int number) throws SQLException {
        return new Announcement(
                row.getLong("id"),
                row.getString("webhook_id"),
                row.getString("type"),
                row.getString("body"),
                row.getInt("attempts") + 1);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
