package io.porchlight.orders;

import io.porchlight.orders.Order.Promise;
import io.porchlight.orders.Orders.Told;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What customers were told about the day. Reports may arrive in any order: the sender's clock says which is the newest. */
@Component
public class Promises {

    private final JdbcClient jdbc;
    private final Journeys journeys;
    private final Clock clock;

    Promises(JdbcClient jdbc, Journeys journeys, Clock clock) {
        this.jdbc = jdbc;
        this.journeys = journeys;
        this.clock = clock;
    }

    /**
     * The day moved.
     *
     * @param because why, in words that the customer may read
     * @param asOf since when it holds, by the sender's clock; absent: as of now
     * @return whether the history has one entry more
     */
    @Transactional
    public boolean move(JourneyKey key, Promise promise, @Nullable String because, @Nullable Instant asOf) {
        journeys.lock(key);
        var since = asOf == null || asOf.isAfter(clock.instant()) ? clock.instant() : asOf;
        var now = of(key);
        boolean known = asOf == null
                ? !now.isEmpty() && now.getLast().promise().equals(promise)
                : said(key, promise, Timestamp.from(since));
        if (!known) {
            tell(key, promise, because, since);
        }
        return !known;
    }

    /** Everything the customer was told, oldest first; what was only repeated is told once. */
    public List<Told> of(JourneyKey key) {
        return of(Set.of(key)).getOrDefault(key, List.of());
    }

    /** The same for each of these orders; for one without any promise there is no entry. */
    Map<JourneyKey, List<Told>> of(Set<JourneyKey> keys) {
        var told = new HashMap<JourneyKey, List<Told>>();
        jdbc.sql("select * from promise where journey_key in (:keys) order by as_of, id")
                .param("keys", JourneyKey.texts(keys))
                .query(row -> {
                    var before = told.computeIfAbsent(
                            JourneyKey.parse(row.getString("journey_key")), first -> new ArrayList<>());
                    var next = read(row);
                    if (before.isEmpty() || !before.getLast().promise().equals(next.promise())) {
                        before.add(next);
                    }
                });
        return told;
    }

    private static Told read(ResultSet row) throws SQLException {
        return new Told(
                new Promise(
                        row.getDate("from_day").toLocalDate(),
                        row.getDate("to_day").toLocalDate()),
                row.getTimestamp("said_at").toInstant(),
                row.getString("because"));
    }

    /** Reasons are written by people, about people. */
    @Transactional
    void forget(JourneyKey key) {
        jdbc.sql("update promise set because = null where journey_key = :key")
                .param("key", key.toString())
                .update();
    }

    @Transactional
    void tell(JourneyKey key, Promise promise, @Nullable String because, Instant asOf) {
        jdbc.sql("""
                        insert into promise (journey_key, from_day, to_day, said_at, because, as_of)
                        values (:key, :from, :to, :now, :because, :asOf)
                        """)
                .param("key", key.toString())
                .param("from", Date.valueOf(promise.from()))
                .param("to", Date.valueOf(promise.to()))
                .param("now", Timestamp.from(clock.instant()))
                .param("because", because)
                .param("asOf", Timestamp.from(asOf))
                .update();
    }

    private boolean said(JourneyKey key, Promise promise, Timestamp asOf) {
        return jdbc.sql("""
                                select count(*) from promise where journey_key = :key and from_day = :from
                                    and to_day = :to and as_of = :asOf
                                """)
                        .param("key", key.toString())
                        .param("from", Date.valueOf(promise.from()))
                        .param("to", Date.valueOf(promise.to()))
                        .param("asOf", asOf)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
