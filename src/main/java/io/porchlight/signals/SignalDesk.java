package io.porchlight.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Received;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Refusal.Kind;
import io.porchlight.signals.Signal.State;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where a person looks the signals over: what came in, what waits or is parked and why, and what to do about it. */
@Component
public class SignalDesk {

    /**
     * What to look for; whatever is absent does not matter.
     *
     * @param from received at this moment or later
     * @param until received before this moment
     */
    public record Wanted(
            @Nullable State state,
            @Nullable String source,
            @Nullable String brand,
            @Nullable Instant from,
            @Nullable Instant until) {

        /** Everything. */
        public static final Wanted ALL = new Wanted(null, null, null, null, null);
    }

    /** A signal as it came. */
    public record Raw(Signal signal, String body, Map<String, String> headers) {}

    /** How many signals of a source are in a state. */
    public record Count(String source, String brand, State state, long signals) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Orders orders;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SignalDesk(JdbcClient jdbc, ObjectMapper json, Orders orders, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.orders = orders;
        this.events = events;
        this.clock = clock;
    }

    /** Signals, newest first. */
    public List<Signal> list(Wanted wanted, int most) {
        return matching("select " + SignalRows.COLUMNS, wanted, " order by received_at desc, id desc limit :most")
                .param("most", most)
                .query(SignalRows::read)
                .list();
    }

    /** How many there are of each kind. */
    public List<Count> counts(Wanted wanted) {
        return matching(
                        "select source, brand, state, count(*) as signals",
                        wanted,
                        " group by source, brand, state order by source, brand, state")
                .query((row, number) -> new Count(
                        row.getString("source"),
                        row.getString("brand"),
                        State.valueOf(row.getString("state")),
                        row.getLong("signals")))
                .list();
    }

    /** The signals about an order, oldest first, as they came. */
    public List<Raw> of(JourneyKey key) {
        return jdbc.sql("select * from signal where journey_key = :key order by id")
                .param("key", key.toString())
                .query((row, number) ->
                        new Raw(SignalRows.read(row, number), row.getString("body"), headers(row.getString("headers"))))
                .list();
    }

    /** One signal as it came. */
    public Optional<Raw> find(long id) {
        return jdbc.sql("select * from signal where id = :id")
                .param("id", id)
                .query((row, number) ->
                        new Raw(SignalRows.read(row, number), row.getString("body"), headers(row.getString("headers"))))
                .optional();
    }

    /** Tries a signal again, from the beginning; false when there is none, or when its customer was erased. */
    @Transactional
    public boolean replay(long id) {
        boolean again = jdbc.sql("""
                                update signal set state = 'NEW', reason = null, attempts = 0, next_try_at = :now
                                where id = :id and body_hash <> :forgotten
                                """)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("id", id)
                        .param("forgotten", Received.FORGOTTEN)
                        .update()
                == 1;
        forgetAwaited(id);
        events.publishEvent(new SignalsReceived());
        return again;
    }

    /**
     * Says which order a signal is about, and tries it again.
     *
     * @throws Refusal when there is no such order of the signal's brand
     */
    @Transactional
    public boolean attachToOrder(long id, JourneyKey key) {
        var brand = find(id).map(raw -> raw.signal().brand());
        if (brand.isEmpty()) {
            return false;
        }
        if (!brand.get().equals(key.brand()) || orders.find(key).isEmpty()) {
            throw new Refusal(Kind.INVALID, "orderId", "is not an order of the brand " + brand.get());
        }
        jdbc.sql("update signal set journey_key = :key, attached = true where id = :id")
                .param("key", key.toString())
                .param("id", id)
                .update();
        return replay(id);
    }

    /** Lets a signal rest for good; false when there is none, or when it is understood already. */
    @Transactional
    public boolean ignore(long id, String reason) {
        forgetAwaited(id);
        return jdbc.sql(
                                "update signal set state = 'IGNORED', reason = :reason where id = :id and state <> 'UNDERSTOOD'")
                        .param("reason", reason.substring(0, Math.min(1000, reason.length())))
                        .param("id", id)
                        .update()
                == 1;
    }

    private void forgetAwaited(long id) {
        jdbc.sql("delete from awaited where signal = :id").param("id", id).update();
    }

    /** Only the conditions that are wanted are said, so that the database finds an index for them. */
    private JdbcClient.StatementSpec matching(String select, Wanted wanted, String order) {
        var where = new StringJoiner(" and ", " where ", "").setEmptyValue("");
        condition(where, "state = :state", wanted.state());
        condition(where, "source = :source", wanted.source());
        condition(where, "brand = :brand", wanted.brand());
        condition(where, "received_at >= :from", wanted.from());
        condition(where, "received_at < :until", wanted.until());
        return jdbc.sql(select + " from signal" + where + order)
                .param("state", wanted.state() == null ? null : wanted.state().name())
                .param("source", wanted.source())
                .param("brand", wanted.brand())
                .param("from", wanted.from() == null ? null : Timestamp.from(wanted.from()))
                .param("until", wanted.until() == null ? null : Timestamp.from(wanted.until()));
    }

    private static void condition(StringJoiner where, String condition, @Nullable Object wanted) {
        if (wanted != null) {
            where.add(condition);
        }
    }

    private Map<String, String> headers(String written) {
        try {
            return json.readValue(written, new TypeReference<>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
