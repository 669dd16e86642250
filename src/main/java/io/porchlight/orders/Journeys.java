package io.porchlight.orders;

import io.porchlight.orders.Journey.State;
import io.porchlight.orders.Journey.Travel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where each order's journey stands; every journey is opened with its order and closed by its end. */
@Component
public class Journeys {

    /** What became of a process instance that reported its start. */
    public enum Adoption {
        /** It is the journey's instance now. */
        ADOPTED,
        /** It was already: the report is a repeat. */
        ALREADY,
        /** Another instance travels, or the journey is over: this one must be cancelled. */
        SUPERFLUOUS
    }

    /** A journey that has just begun is in nobody's way for a while. */
    private static final Duration FIRST_LOOK = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Journeys(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    void open(JourneyKey key) {
        jdbc.sql("insert into journey (journey_key, state, next_try_at) values (:key, 'WAITING', :now)")
                .param("key", key.toString())
                .param("now", now())
                .update();
    }

    /** The journey of an order, if the order is known. */
    public Optional<Journey> find(JourneyKey key) {
        return Optional.ofNullable(find(Set.of(key)).get(key));
    }

    /** The journeys of these orders, as far as the orders are known. */
    public Map<JourneyKey, Journey> find(Set<JourneyKey> keys) {
        return jdbc
                .sql("select * from journey where journey_key in (:keys)")
                .param("keys", JourneyKey.texts(keys))
                .query(Journeys::read)
                .list()
                .stream()
                .collect(Collectors.toMap(Journey::key, journey -> journey));
    }

    /** The same, locked until the transaction ends: whoever records something about an order takes this lock first. */
    public Optional<Journey> lock(JourneyKey key) {
        return jdbc.sql("select * from journey where journey_key = :key for update")
                .param("key", key.toString())
                .query(Journeys::read)
                .optional();
    }

    /**
     * Takes journeys that should be started now. Who does not come back with {@link #adopt} leaves them to be taken again.
     *
     * @param again how long until they may be taken again
     */
    @Transactional
    public List<JourneyKey> takeToStart(int most, Duration again) {
        // Without a lock at first, which H2 prepares anew; and some more, as others may take the first ones.
        var candidates = new ArrayList<>(toStart("STARTING", most * 3));
        candidates.addAll(toStart("WAITING", most * 3 - candidates.size()));
        if (candidates.isEmpty()) {
            return List.of();
        }
        var keys = jdbc.sql("""
                        select journey_key from journey
                        where journey_key in (:keys) and state in ('WAITING', 'STARTING') and next_try_at <= :now
                        order by next_try_at limit :most for update skip locked
                        """)
                .param("keys", candidates)
                .param("now", now())
                .param("most", most)
                .query(String.class)
                .list();
        if (!keys.isEmpty()) {
            jdbc.sql("update journey set state = 'STARTING', tries = tries + 1, next_try_at = :again"
                            + " where journey_key in (:keys)")
                    .param("again", Timestamp.from(clock.instant().plus(again)))
                    .param("keys", keys)
                    .update();
        }
        return keys.stream().map(JourneyKey::parse).toList();
    }

    /** In the order of an index, so that a look costs the same however many wait. */
    private List<String> toStart(String state, int most) {
        return jdbc.sql("""
                        select journey_key from journey where state = :state and next_try_at <= :now
                        order by state, next_try_at limit :most
                        """)
                .param("state", state)
                .param("now", now())
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Puts off a journey that could not be started, and says why. */
    @Transactional
    public void startFailed(JourneyKey key, Duration again, String trouble) {
        jdbc.sql("update journey set state = 'WAITING', next_try_at = :again, trouble = :trouble"
                        + " where journey_key = :key and state = 'STARTING'")
                .param("again", Timestamp.from(clock.instant().plus(again)))
                .param("trouble", trouble.substring(0, Math.min(500, trouble.length())))
                .param("key", key.toString())
                .update();
    }

    /** Makes a process instance the one that this journey travels in, unless there is one in this life of the engine. */
    @Transactional
    public Adoption adopt(JourneyKey key, Travel travel) {
        var known = lock(key);
        if (known.isEmpty() || !known.get().open()) {
            return Adoption.SUPERFLUOUS;
        }
        var current = known.get().travel();
        if (current != null
                && known.get().state() == State.RUNNING
                && current.engineEpoch().equals(travel.engineEpoch())) {
            return current.processInstanceKey() == travel.processInstanceKey()
                    ? Adoption.ALREADY
                    : Adoption.SUPERFLUOUS;
        }
        jdbc.sql("""
                        update journey set state = 'RUNNING', trouble = null, engine_epoch = :epoch,
                            process_instance_key = :instance, process_id = :process, process_version = :version,
                            next_try_at = :look
                        where journey_key = :key
                        """)
                .param("look", Timestamp.from(clock.instant().plus(FIRST_LOOK)))
                .param("epoch", travel.engineEpoch())
                .param("instance", travel.processInstanceKey())
                .param("process", travel.processId())
                .param("version", travel.version())
                .param("key", key.toString())
                .update();
        return Adoption.ADOPTED;
    }

    /**
     * Closes a journey whose own instance came to its end.
     *
     * @return whether it was this instance's journey; a repeated report says so again, and tells nobody
     */
    @Transactional
    public boolean end(JourneyKey key, Travel travel) {
        var known = lock(key);
        boolean ended = jdbc.sql("""
                                update journey set state = 'ENDED'
                                where journey_key = :key and engine_epoch = :epoch and process_instance_key = :instance
                                """)
                        .param("key", key.toString())
                        .param("epoch", travel.engineEpoch())
                        .param("instance", travel.processInstanceKey())
                        .update()
                == 1;
        if (ended && known.filter(Journey::open).isPresent()) {
            events.publishEvent(new JourneyEnded(key, travel));
        }
        return ended;
    }

    /** Closes a journey that has not begun; an instance that is on its way will find itself superfluous. */
    @Transactional
    void abandon(JourneyKey key) {
        lock(key);
        jdbc.sql("update journey set state = 'ENDED', trouble = null where journey_key = :key and process_id is null")
                .param("key", key.toString())
                .update();
    }

    /** Sends every open journey of another life of the engine to be started again. */
    @Transactional
    public int restartAllBut(String engineEpoch) {
        return jdbc.sql("""
                        update journey set state = 'WAITING', tries = 0, next_try_at = :now
                        where state = 'RUNNING' and engine_epoch <> :epoch
                        """).param("now", now()).param("epoch", engineEpoch).update();
    }

    /** Sends a journey to be started again whose instance is lost; false when it travels in another one by now. */
    @Transactional
    public boolean restart(JourneyKey key, Travel lost) {
        return restart("journey_key = :key", key, lost) == 1;
    }

    /**
     * Sends every other journey to be started again that believed to travel in this one's instance: its own is lost.
     *
     * @return how many those are
     */
    @Transactional
    public int restartOthersIn(Travel travel, JourneyKey key) {
        return restart("journey_key <> :key", key, travel);
    }

    private int restart(String which, JourneyKey key, Travel travel) {
        return jdbc.sql("""
                        update journey set state = 'WAITING', tries = 0, next_try_at = :now
                        where process_instance_key = :instance and engine_epoch = :epoch and state = 'RUNNING'
                            and %s
                        """.formatted(which))
                .param("now", now())
                .param("instance", travel.processInstanceKey())
                .param("epoch", travel.engineEpoch())
                .param("key", key.toString())
                .update();
    }

    /**
     * Takes journeys that travel and that somebody should look at now; until the transaction ends, others leave them out.
     * Who does not say with {@link #lookAgain} when the next look is due finds them again.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Journey> takeToLookAt(int most) {
        return jdbc.sql("""
                        select * from journey where state = 'RUNNING' and next_try_at <= :now
                        order by state, next_try_at limit :most for update skip locked
                        """)
                .param("now", now())
                .param("most", most)
                .query(Journeys::read)
                .list();
    }

    /** Nobody has to look at a journey that travels before then. */
    @Transactional
    public void lookAgain(JourneyKey key, Instant then) {
        jdbc.sql("update journey set next_try_at = :then where journey_key = :key and state = 'RUNNING'")
                .param("then", Timestamp.from(then))
                .param("key", key.toString())
                .update();
    }

    /**
     * Notes that the team is told of a customer's silence.
     *
     * @param since when the customer heard something last
     * @return whether it is news; of the same silence they are told once
     */
    @Transactional
    public boolean fallsSilent(JourneyKey key, Instant since) {
        return jdbc.sql("""
                                update journey set silent_since = :since
                                where journey_key = :key and (silent_since is null or silent_since <> :since)
                                """)
                        .param("since", Timestamp.from(since))
                        .param("key", key.toString())
                        .update()
                == 1;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static Journey read(ResultSet row, int number) throws SQLException {
        String process = row.getString("process_id");
        var travel = process == null
                ? null
                : new Travel(
                        row.getString("engine_epoch"),
                        row.getLong("process_instance_key"),
                        process,
                        row.getInt("process_version"));
        return new Journey(
                JourneyKey.parse(row.getString("journey_key")),
                State.valueOf(row.getString("state")),
                travel,
                row.getString("trouble"));
    }
}
