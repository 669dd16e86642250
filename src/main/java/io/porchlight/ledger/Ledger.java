package io.porchlight.ledger;

import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Notification.State;
import io.porchlight.orders.JourneyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The record of every notification. A row is written once and then only moves on:
 * planned, claimed (a lease), attempting (committed before the letter's own DATA), and then sent, skipped, failed or
 * unknown. Every move of a claimed row is fenced by its claim's owner.
 */
@Component
public class Ledger {

    private final JdbcClient jdbc;
    private final LedgerSettings settings;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    Ledger(
            JdbcClient jdbc,
            LedgerSettings settings,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Plans a notification; {@code false} when the very same was planned before, which is no error. */
    @Transactional
    public boolean plan(Plan plan) {
        var now = clock.instant();
        int inserted = jdbc.sql("""
                        insert into notification (journey_key, process_id, step, occurrence, channel, template,
                            message_class, milestone, story_rank, state, planned_at, due_at, valid_until)
                        values (:key, :process, :step, :occurrence, :channel, :template,
                            :class, :milestone, :rank, 'PLANNED', :now, :now, :until)
                        on conflict do nothing
                        """)
                .param("key", plan.key().toString())
                .param("process", plan.processId())
                .param("step", plan.step())
                .param("occurrence", plan.occurrence().toString())
                .param("channel", plan.channel())
                .param("template", plan.template())
                .param("class", plan.messageClass().name())
                .param("milestone", plan.milestone())
                .param("rank", plan.rank())
                .param("now", Timestamp.from(now))
                .param("until", plan.validFor() == null ? null : Timestamp.from(now.plus(plan.validFor())))
                .update();
        if (inserted == 1) {
            events.publishEvent(new NotificationPlanned(plan.key()));
        }
        return inserted == 1;
    }

    /** The notification with this id. */
    public Optional<Notification> find(long id) {
        return jdbc.sql("select * from notification where id = :id")
                .param("id", id)
                .query(Ledger::read)
                .optional();
    }

    /** All notifications of an order, oldest first. */
    public List<Notification> of(JourneyKey key) {
        return jdbc.sql("select * from notification where journey_key = :key order by id")
                .param("key", key.toString())
                .query(Ledger::read)
                .list();
    }

    /**
     * Locks notifications of a channel that are due, until the transaction ends; those that other instances hold are left
     * out. Per journey only the oldest is given out, so that the customer hears the story in order, and nothing goes out
     * before the confirmation.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Notification> due(String channel, int most) {
        var due = new ArrayList<>(
                due(channel, most, "n.state = 'CLAIMED' and n.lease_until < :now", "n.lease_until, n.id"));
        due.addAll(due(channel, most - due.size(), "n.state = 'UNKNOWN' and n.again_at <= :now", "n.again_at, n.id"));
        due.addAll(duePlanned(channel, most - due.size()));
        return due;
    }

    /** The same, without those that were claimed or tried before: a look for them costs as much, and finds one seldom. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Notification> duePlanned(String channel, int most) {
        return due(channel, most, "n.state = 'PLANNED' and n.due_at <= :now", "n.state, n.channel, n.due_at, n.id");
    }

    /**
     * Each kind that may be many is read in the order of an index, so that a look costs the same however many letters wait
     * (few are claimed at a time); and without a lock at first, because H2 prepares anew whatever locks. What is looked at is
     * more than what is taken: other instances may be about to take the first ones.
     */
    private List<Notification> due(String channel, int most, String which, String order) {
        if (most <= 0) {
            return List.of();
        }
        var now = now();
        var candidates = jdbc.sql("""
                        select n.id from notification n where n.channel = :channel and %s
                        and not exists (
                            select 1 from notification o
                            where o.journey_key = n.journey_key and o.channel = n.channel and o.id < n.id
                            and (o.state in ('CLAIMED', 'ATTEMPTING')
                                or o.state = 'PLANNED' and o.due_at <= :now
                                or (o.state = 'PLANNED' or o.state = 'UNKNOWN' and o.again_at is not null)
                                    and o.story_rank = 0 and o.message_class = 'TRANSACTIONAL'))
                        order by %s limit :window
                        """.formatted(which, order))
                .param("channel", channel)
                .param("now", now)
                .param("window", most * 3)
                .query(Long.class)
                .list();
        if (candidates.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select * from notification n where n.id in (:ids) and " + which
                        + " order by n.due_at, n.id limit :most for update skip locked")
                .param("ids", candidates)
                .param("now", now)
                .param("most", most)
                .query(Ledger::read)
                .list();
    }

    /** When the next notification of a channel falls due that is not due yet; empty when none waits for its time. */
    public Optional<Instant> nextDue(String channel) {
        return jdbc.sql("""
                        select due_at from notification
                        where state = 'PLANNED' and channel = :channel and due_at > :now
                        order by state, channel, due_at, id limit 1
                        """)
                .param("channel", channel)
                .param("now", now())
                .query((row, number) -> instant(row, "due_at"))
                .optional();
    }

    /** Claims notifications that {@link #due} locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Claim> claim(List<Notification> due, String owner, Duration lease) {
        if (due.isEmpty()) {
            return List.of();
        }
        jdbc.sql("update notification set state = 'CLAIMED', owner = :owner, lease_until = :until, again_at = null"
                        + " where id in (:ids)")
                .param("owner", owner)
                .param("until", Timestamp.from(clock.instant().plus(lease)))
                .param("ids", due.stream().map(Notification::id).toList())
                .update();
        return due.stream().map(each -> new Claim(each, owner)).toList();
    }

    /** Skips a notification that {@link #due} locked; one whose fate is unknown stays so and is not sent again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void skip(Notification due, String reason) {
        boolean unsure = due.attempts() > 0
                && tries(due.id()).stream()
                        .anyMatch(earlier -> earlier.outcome().equals("unknown"));
        jdbc.sql("""
                        update notification set state = :state, reason = :reason, owner = null, again_at = null,
                            settled_at = :now
                        where id = :id
                        """)
                .param("state", unsure ? "UNKNOWN" : "SKIPPED")
                .param("reason", cut(unsure ? due.reason() + "; not sent again: " + reason : reason))
                .param("now", now())
                .param("id", due.id())
                .update();
    }

    /** Puts off a notification that {@link #due} locked; one whose fate is unknown stays so meanwhile. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void postpone(Notification due, Instant until, String reason) {
        if (due.state() == State.UNKNOWN) {
            jdbc.sql("update notification set again_at = :until where id = :id")
                    .param("until", Timestamp.from(until))
                    .param("id", due.id())
                    .update();
            return;
        }
        jdbc.sql("update notification set state = 'PLANNED', owner = null, due_at = :until, reason = :reason"
                        + " where id = :id")
                .param("until", Timestamp.from(until))
                .param("reason", cut(reason))
                .param("id", due.id())
                .update();
    }

    /** A notification that {@link #due} locked stays true longer by so much; one that is true for ever stays so. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keepTrue(Notification due, Duration longer) {
        if (due.validUntil() != null) {
            jdbc.sql("update notification set valid_until = :until where id = :id")
                    .param("until", Timestamp.from(due.validUntil().plus(longer)))
                    .param("id", due.id())
                    .update();
        }
    }

    /** Keeps a claim alive while its letter waits for a connection or for the gateway's answer. */
    @Transactional
    public void renew(Claim claim, Duration lease) {
        fenced(claim, "lease_until = :until", "'CLAIMED', 'ATTEMPTING'")
                .param("until", Timestamp.from(clock.instant().plus(lease)))
                .update();
    }

    /** Says that the letter's DATA comes next; {@code false} when the lease was lost, and nothing must be sent. */
    @Transactional
    public boolean attempting(Claim claim) {
        return jdbc.sql("""
                                update notification set state = 'ATTEMPTING', attempts = attempts + 1, taken_back = false,
                                    first_try_at = coalesce(first_try_at, :now)
                                where id = :id and owner = :owner and state = 'CLAIMED' and lease_until > :now
                                """)
                        .param("id", claim.notification().id())
                        .param("owner", claim.owner())
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Whether the claim may still be acted upon; the last question before a letter's final dot. */
    public boolean holds(Claim claim) {
        var takenBack = jdbc.sql("""
                        select taken_back from notification where id = :id and owner = :owner and state = 'ATTEMPTING'
                            and lease_until > :now
                        """)
                .param("id", claim.notification().id())
                .param("owner", claim.owner())
                .param("now", now())
                .query(Boolean.class)
                .optional();
        if (takenBack.orElse(false)) {
            handBack(claim);
        }
        return takenBack.isPresent() && !takenBack.get();
    }

    /** It was stopped at the last moment, so it has not been sent: the gate decides anew. */
    public void handBack(Claim claim) {
        transaction.executeWithoutResult(status -> fenced(
                        claim,
                        "state = 'PLANNED', owner = null, taken_back = false, attempts = attempts - 1, due_at = :now",
                        "'ATTEMPTING'")
                .param("now", now())
                .update());
    }

    /** The gateway took it. */
    @Transactional
    public boolean sent(Claim claim, String subject, String reply) {
        boolean sent = fenced(
                                claim,
                                "state = 'SENT', owner = null, subject = :subject, reply = :reply, reason = null,"
                                        + " settled_at = :now",
                                "'ATTEMPTING'")
                        .param("subject", cut(subject))
                        .param("reply", cut(reply))
                        .param("now", now())
                        .update()
                == 1;
        return told(claim, State.SENT, sent);
    }

    /** It will never go out. */
    @Transactional
    public boolean failed(Claim claim, String reason) {
        return settle(claim, State.FAILED, reason);
    }

    /**
     * Nobody can say whether it went out. The written rule: marketing is never sent again; a transactional letter is, once,
     * after {@code porchlight.ledger.again-after}, as the same letter (the same Message-ID), and both tries stay visible.
     */
    @Transactional
    public boolean unknown(Claim claim, String reason) {
        return lock(claim).map(row -> markUnknown(row, reason)).isPresent();
    }

    private Notification markUnknown(Notification row, String reason) {
        boolean again = row.messageClass() == MessageClass.TRANSACTIONAL
                && tries(row.id()).stream()
                        .noneMatch(earlier -> earlier.outcome().equals("unknown"));
        remember(row.id(), "unknown", reason);
        jdbc.sql("""
                        update notification set state = 'UNKNOWN', owner = null, reason = :reason, again_at = :again,
                            settled_at = :now
                        where id = :id
                        """)
                .param("reason", cut(reason))
                .param("again", again ? Timestamp.from(clock.instant().plus(settings.againAfter())) : null)
                .param("now", now())
                .param("id", row.id())
                .update();
        return row;
    }

    /** The tries of a notification that did not end in "sent", oldest first. */
    public List<EarlierTry> tries(long id) {
        return jdbc.sql("select * from earlier_try where notification_id = :id order by id")
                .param("id", id)
                .query((row, number) -> new EarlierTry(
                        row.getTimestamp("ended_at").toInstant(), row.getString("outcome"), row.getString("reason")))
                .list();
    }

    private void remember(long id, String outcome, String reason) {
        jdbc.sql(
                        "insert into earlier_try (notification_id, ended_at, outcome, reason) values (:id, :now, :outcome, :reason)")
                .param("id", id)
                .param("now", now())
                .param("outcome", outcome)
                .param("reason", cut(reason))
                .update();
    }

    private Optional<Notification> lock(Claim claim) {
        return jdbc.sql("""
                        select * from notification
                        where id = :id and owner = :owner and state in ('CLAIMED', 'ATTEMPTING') for update
                        """)
                .param("id", claim.notification().id())
                .param("owner", claim.owner())
                .query(Ledger::read)
                .optional();
    }

    /**
     * The gateway did not take it now; it is tried again later.
     *
     * @param attempts how many tries count so far
     */
    @Transactional
    public boolean retry(Claim claim, Instant at, int attempts, String reason) {
        var row = lock(claim);
        if (row.isPresent() && attempts > claim.notification().attempts()) {
            remember(row.get().id(), "put off", reason);
        }
        return fenced(
                                claim,
                                "state = 'PLANNED', owner = null, due_at = :at, attempts = :attempts, reason = :reason",
                                "'CLAIMED', 'ATTEMPTING'")
                        .param("at", Timestamp.from(at))
                        .param("attempts", attempts)
                        .param("reason", cut(reason))
                        .update()
                == 1;
    }

    /** Finds letters that were being attempted when their instance died: whether they went out, nobody can say. */
    @Transactional
    public int settleAbandoned() {
        var abandoned = jdbc.sql("""
                        select * from notification where state = 'ATTEMPTING' and lease_until < :now
                        for update skip locked
                        """).param("now", now()).query(Ledger::read).list();
        for (var row : abandoned) {
            markUnknown(row, "Porchlight stopped in the middle of handing it over; it may or may not have arrived");
            events.publishEvent(new NotificationAbandoned(row));
        }
        return abandoned.size();
    }

    private boolean settle(Claim claim, State state, String reason) {
        boolean settled = fenced(
                                claim,
                                "state = '" + state + "', owner = null, reason = :reason, settled_at = :now",
                                "'CLAIMED', 'ATTEMPTING'")
                        .param("reason", cut(reason))
                        .param("now", now())
                        .update()
                == 1;
        return told(claim, state, settled);
    }

    private boolean told(Claim claim, State outcome, boolean settled) {
        if (settled) {
            events.publishEvent(new NotificationSettled(claim.notification(), outcome));
        }
        return settled;
    }

    private JdbcClient.StatementSpec fenced(Claim claim, String change, String from) {
        return jdbc.sql("update notification set " + change + " where id = :id and owner = :owner and state in (" + from
                        + ")")
                .param("id", claim.notification().id())
                .param("owner", claim.owner());
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static String cut(String text) {
        return text.length() <= 1000 ? text : text.substring(0, 999) + "…";
    }

    static Notification read(ResultSet row, int number) throws SQLException {
        return new Notification(
                row.getLong("id"),
                JourneyKey.parse(row.getString("journey_key")),
                row.getString("process_id"),
                row.getString("step"),
                Occurrence.parse(row.getString("occurrence")),
                row.getString("channel"),
                row.getString("template"),
                MessageClass.valueOf(row.getString("message_class")),
                row.getString("milestone"),
                row.getInt("story_rank"),
                State.valueOf(row.getString("state")),
                instant(row, "planned_at"),
                instant(row, "due_at"),
                optionalInstant(row, "valid_until"),
                row.getInt("attempts"),
                row.getString("reason"),
                row.getString("subject"),
                row.getString("reply"),
                optionalInstant(row, "first_try_at"),
                optionalInstant(row, "settled_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
