package io.porchlight.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.fulfillment.Milestone.State;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Orders.Outcome;
import io.porchlight.orders.Received;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Everything that happened to every order. Facts come first: what the engine is told is told from here. */
@Component
public class Milestones {

    private static final Set<State> TO_TELL = Set.of(State.WAITING, State.NEW, State.ENDING);

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Orders orders;
    private final Journeys journeys;
    private final Models models;
    private final Parcels parcels;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Milestones(
            JdbcClient jdbc,
            ObjectMapper json,
            Orders orders,
            Journeys journeys,
            Models models,
            Parcels parcels,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.parcels = parcels;
        this.events = events;
        this.clock = clock;
    }

    /** Writes a reported milestone down, once; an order that is not known yet may follow later. */
    @Transactional
    public Outcome record(JourneyKey key, Received<MilestoneReport> reported) {
        var journey = journeys.lock(key);
        var order = orders.known(key);
        boolean erased = order.filter(Orders.Known::erased).isPresent();
        var received = erased ? new Received<>(reported.content().withoutPerson(), Received.FORGOTTEN) : reported;
        var state = journey.map(each -> goal(each, order, received.content())).orElse(State.WAITING);
        if (!insert(key, received, state)) {
            // What was implied has found its place already; what follows from it is seen when all are routed.
            state = State.WAITING;
            if (!confirmImplied(key, received)) {
                return before(key, received).orElseGet(() -> record(key, reported));
            }
        }
        parcels.note(key, reported.content(), erased);
        if (state == State.WAITING) {
            journey.filter(Journey::open).ifPresent(this::route);
        }
        events.publishEvent(new MilestonesRecorded(key, TO_TELL.contains(state)));
        return Outcome.NEW;
    }

    /** Where a new milestone goes, if that is all there is to do; else it waits with others until they are routed. */
    private State goal(Journey journey, Optional<Orders.Known> order, MilestoneReport report) {
        if (!journey.open()) {
            return State.HISTORY;
        }
        var model = Optional.ofNullable(journey.travel()).flatMap(models::of);
        if (model.isEmpty() || order.isEmpty()) {
            return State.WAITING;
        }
        return Story.routeAlone(model.get(), report.name(), report.parcel())
                .orElseGet(() -> goal(model.get(), order.get().order().get(), report));
    }

    private State goal(JourneyModel model, Order order, MilestoneReport report) {
        var others = of(order.journeyKey());
        var all = Stream.concat(others.stream(), Stream.of(fresh(order.journeyKey(), report, others)))
                .toList();
        var story = new Story(model, order, all);
        var routes = story.routes();
        return routes.size() == 1
                        && story.wholeOrder().isEmpty()
                        && story.implied().isEmpty()
                ? routes.values().iterator().next()
                : State.WAITING;
    }

    private Milestone fresh(JourneyKey key, MilestoneReport report, List<Milestone> others) {
        int before = others.stream()
                .filter(other ->
                        other.name().equals(report.name()) && other.parcel().equals(report.parcel()))
                .mapToInt(Milestone::occurrence)
                .max()
                .orElse(0);
        return new Milestone(
                0,
                key,
                report.name(),
                report.parcel(),
                before + 1,
                false,
                past(report.occurredAt()),
                clock.instant(),
                details(report),
                State.WAITING);
    }

    /**
     * Makes what is known of an order known to its newly adopted journey: what waited for it, and what another life of the
     * engine was told already.
     */
    @Transactional
    public void beginAgain(JourneyKey key) {
        if (!of(key).isEmpty()) {
            jdbc.sql("update milestone set state = 'WAITING' where journey_key = :key and state = 'UNCLAIMED'")
                    .param("key", key.toString())
                    .update();
            jdbc.sql("""
                            update milestone set state = 'NEW', tries = 0, next_try_at = :now
                            where journey_key = :key and state in ('PUBLISHED', 'CORRELATED')
                            """).param("key", key.toString()).param("now", now()).update();
            journeys.find(key).ifPresent(this::route);
        }
        events.publishEvent(new MilestonesRecorded(key, true));
    }

    /** All milestones of an order, in the order in which they became known. */
    public List<Milestone> of(JourneyKey key) {
        return of(Set.of(key)).getOrDefault(key, List.of());
    }

    /** The same for each of these orders; for one without milestones there is no entry. */
    public Map<JourneyKey, List<Milestone>> of(Set<JourneyKey> keys) {
        return jdbc
                .sql("select * from milestone where journey_key in (:keys) order by id")
                .param("keys", JourneyKey.texts(keys))
                .query(this::read)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Milestone::key));
    }

    /** Empties an order's milestones of what they tell about a person; that they happened, and when, stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(JourneyKey key) {
        jdbc.sql("update milestone set details = '{}', content_hash = :hash where journey_key = :key")
                .param("hash", Received.FORGOTTEN)
                .param("key", key.toString())
                .update();
    }

    /**
     * Takes milestones that should be published now. Who does not come back with {@link #published} leaves them to be
     * taken again.
     *
     * @param again how long until they may be taken again
     */
    @Transactional
    public List<Milestone> takeToPublish(int most, Duration again) {
        // Without a lock at first, which H2 prepares anew; and some more, as others may take the first ones.
        var candidates = jdbc.sql("""
                        select id from milestone where state = 'NEW' and next_try_at <= :now
                        order by state, next_try_at, id limit :window
                        """)
                .param("now", now())
                .param("window", most * 3)
                .query(Long.class)
                .list();
        if (candidates.isEmpty()) {
            return List.of();
        }
        var taken = jdbc.sql("""
                        select * from milestone where id in (:ids) and state = 'NEW' and next_try_at <= :now
                        order by next_try_at, id limit :most for update skip locked
                        """)
                .param("ids", candidates)
                .param("now", now())
                .param("most", most)
                .query(this::read)
                .list();
        if (!taken.isEmpty()) {
            jdbc.sql("update milestone set tries = tries + 1, next_try_at = :again where id in (:ids)")
                    .param("again", Timestamp.from(clock.instant().plus(again)))
                    .param("ids", taken.stream().map(Milestone::id).toList())
                    .update();
        }
        return taken;
    }

    /**
     * The engine has these.
     *
     * @param forget when the engine may have forgotten them again, unless a job of their journey has shown it by then
     */
    @Transactional
    public void published(Collection<Long> ids, Duration forget) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("update milestone set state = 'PUBLISHED', next_try_at = :forget where id in (:ids) and state = 'NEW'")
                .param("forget", Timestamp.from(clock.instant().plus(forget)))
                .param("ids", ids)
                .update();
    }

    /** Puts off a milestone that could not be published. */
    @Transactional
    public void publishFailed(long id, Duration again) {
        jdbc.sql("update milestone set next_try_at = :again where id = :id and state = 'NEW'")
                .param("again", Timestamp.from(clock.instant().plus(again)))
                .param("id", id)
                .update();
    }

    /** The journey has moved on by it: a job of the journey showed its name. */
    @Transactional
    public void correlated(JourneyKey key, String name, String parcel, int occurrence) {
        jdbc.sql("""
                        update milestone set state = 'CORRELATED'
                        where journey_key = :key and name = :name and parcel = :parcel and occurrence = :occurrence
                            and state in ('NEW', 'PUBLISHED')
                        """)
                .param("key", key.toString())
                .param("name", name)
                .param("parcel", parcel)
                .param("occurrence", occurrence)
                .update();
    }

    /** The journey is over: nothing of it has to be published any more. */
    @Transactional
    public void close(JourneyKey key) {
        jdbc.sql("update milestone set state = 'CORRELATED' where journey_key = :key and state = 'PUBLISHED'")
                .param("key", key.toString())
                .update();
        jdbc.sql(
                        "update milestone set state = 'HISTORY' where journey_key = :key and state in ('WAITING', 'NEW', 'ENDING')")
                .param("key", key.toString())
                .update();
    }

    /** The open journeys that are to be ended, because their order was cancelled and their model has no word for it. */
    public List<JourneyKey> toEnd() {
        return jdbc.sql("""
                        select distinct m.journey_key from milestone m
                        where m.state = 'ENDING' and exists (
                            select 1 from journey j where j.journey_key = m.journey_key and j.state = 'RUNNING')
                        order by m.journey_key limit 100
                        """).query(String.class).list().stream()
                .map(JourneyKey::parse)
                .toList();
    }

    /** Publishes again what the engine may have forgotten before any journey took it, and what nobody told it of. */
    @Transactional
    public int publishForgotten() {
        stranded()
                .forEach(key -> journeys.lock(key).ifPresent(journey -> {
                    if (journey.open()) {
                        route(journey);
                    } else {
                        close(key);
                    }
                }));
        return jdbc.sql(
                        "update milestone set state = 'NEW', tries = 0 where state = 'PUBLISHED' and next_try_at <= :now")
                .param("now", now())
                .update();
    }

    /** A report of an unknown order locks nothing: its journey may have started before the report was committed. */
    private List<JourneyKey> stranded() {
        return jdbc.sql("""
                        select distinct m.journey_key from milestone m
                        where m.state = 'WAITING' and exists (
                            select 1 from journey j where j.journey_key = m.journey_key and j.state in ('RUNNING', 'ENDED'))
                        order by m.journey_key limit 100
                        """).query(String.class).list().stream()
                .map(JourneyKey::parse)
                .toList();
    }

    /** Decides what the journey's model has to be told of what was recorded so far. */
    private void route(Journey journey) {
        var travel = journey.travel();
        if (travel == null) {
            return;
        }
        var model = models.of(travel);
        var order = orders.find(journey.key());
        if (model.isPresent() && order.isPresent()) {
            var story = new Story(model.get(), order.get(), of(journey.key()));
            story = with(story, story.wholeOrder(), false);
            story = with(story, story.implied(), true);
            story.routes().forEach(this::move);
        }
    }

    /** The story with what follows from it; read again only if something does. */
    private Story with(Story story, Set<String> derived, boolean implied) {
        if (derived.isEmpty()) {
            return story;
        }
        var key = story.order().journeyKey();
        derived.forEach(name -> derive(key, name, implied));
        return new Story(story.model(), story.order(), of(key));
    }

    private void move(Milestone milestone, State state) {
        jdbc.sql("update milestone set state = :state, next_try_at = :now where id = :id and state = 'WAITING'")
                .param("state", state.name())
                .param("now", now())
                .param("id", milestone.id())
                .update();
    }

    /** Writes down what was neither reported nor implied before; the others of its name for this parcel count. */
    private boolean insert(JourneyKey key, Received<MilestoneReport> received, State state) {
        // All columns of the index, else H2 reads and sorts everything of this name.
        return jdbc.sql("""
                                insert into milestone (journey_key, sender_id, name, parcel, occurrence, implied,
                                    occurred_at, received_at, details, content_hash, state, next_try_at)
                                values (:key, :sender, :name, :parcel, coalesce((
                                        select case when implied then occurrence else occurrence + 1 end from milestone
                                        where journey_key = :key and name = :name and parcel = :parcel
                                        order by journey_key desc, name desc, parcel desc, occurrence desc limit 1), 1),
                                    false, :occurred, :now, :details, :hash, :state, :now)
                                on conflict do nothing
                                """)
                        .param("key", key.toString())
                        .param("sender", received.content().id())
                        .param("name", received.content().name())
                        .param("parcel", received.content().parcel())
                        .param("occurred", timestamp(past(received.content().occurredAt())))
                        .param("now", now())
                        .param("details", details(received.content()).toString())
                        .param("hash", received.hash())
                        .param("state", state.name())
                        .update()
                == 1;
    }

    /** A report of something that was implied before is that very milestone, late. */
    private boolean confirmImplied(JourneyKey key, Received<MilestoneReport> received) {
        return jdbc.sql("""
                                update milestone set sender_id = :sender, content_hash = :hash, implied = false,
                                    occurred_at = :occurred, details = :details
                                where journey_key = :key and name = :name and parcel = :parcel and implied
                                    and not exists (
                                        select 1 from milestone where journey_key = :key and sender_id = :sender)
                                """)
                        .param("sender", received.content().id())
                        .param("hash", received.hash())
                        .param("occurred", timestamp(past(received.content().occurredAt())))
                        .param("details", details(received.content()).toString())
                        .param("key", key.toString())
                        .param("name", received.content().name())
                        .param("parcel", received.content().parcel())
                        .update()
                == 1;
    }

    private JsonNode details(MilestoneReport report) {
        var details = report.details();
        return details == null || details.isNull() ? json.createObjectNode() : details;
    }

    private void derive(JourneyKey key, String name, boolean implied) {
        jdbc.sql("""
                        insert into milestone (journey_key, name, parcel, occurrence, implied, received_at, details,
                            state, next_try_at)
                        values (:key, :name, :parcel, 1, :implied, :now, '{}', 'WAITING', :now)
                        on conflict do nothing
                        """)
                .param("key", key.toString())
                .param("name", name)
                .param("parcel", Milestone.WHOLE_ORDER)
                .param("implied", implied)
                .param("now", now())
                .update();
    }

    /** What became of a report with this id; empty when none came yet. */
    private Optional<Outcome> before(JourneyKey key, Received<MilestoneReport> received) {
        return jdbc.sql("select content_hash from milestone where journey_key = :key and sender_id = :sender")
                .param("key", key.toString())
                .param("sender", received.content().id())
                .query(String.class)
                .optional()
                .map(hash -> received.hash().equals(hash) ? Outcome.SAME : Outcome.CONFLICT);
    }

    /** Event time is the sender's; a time that has not come yet is no knowledge. */
    private @Nullable Instant past(@Nullable Instant occurredAt) {
        return occurredAt == null || occurredAt.isAfter(clock.instant()) ? null : occurredAt;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Milestone read(ResultSet row, int number) throws SQLException {
        var occurred = row.getTimestamp("occurred_at");
        return new Milestone(
                row.getLong("id"),
                JourneyKey.parse(row.getString("journey_key")),
                row.getString("name"),
                row.getString("parcel"),
                row.getInt("occurrence"),
                row.getBoolean("implied"),
                occurred == null ? null : occurred.toInstant(),
                row.getTimestamp("received_at").toInstant(),
                parse(row.getString("details")),
                State.valueOf(row.getString("state")));
    }

    private JsonNode parse(String details) {
        try {
            return json.readTree(details);
        } catch (java.io.IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
