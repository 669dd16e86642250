package io.porchlight.signals;

import static java.util.stream.Collectors.groupingBy;

import io.porchlight.fulfillment.Parcels;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.OrderNames;
import io.porchlight.orders.Plain;
import io.porchlight.signals.Signal.State;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The signals that are not at rest: which to try now, and where each goes. Tries are counted before the work. */
@Component
class Backlog {

    static final int MOST_TRIES = 5;

    private static final Logger log = LoggerFactory.getLogger(Backlog.class);
    private static final Duration IN_DOUBT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    /** Whoever waits is woken when the order comes; this is only for the case that nobody did. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final OrderNames names;
    private final Parcels parcels;
    private final Clock clock;

    Backlog(JdbcClient jdbc, OrderNames names, Parcels parcels, Clock clock) {
        this.jdbc = jdbc;
        this.names = names;
        this.parcels = parcels;
        this.clock = clock;
    }

    static String order(String name) {
        return "order:" + OrderNames.plain(name);
    }

    static String parcel(String trackingKey) {
        return "parcel:" + trackingKey;
    }

    /** Takes signals to be understood now; what was taken and not brought back can be taken again. */
    @Transactional
    List<Signal> take(int most) {
        var taken = jdbc.sql("select " + SignalRows.COLUMNS + """
                         from signal where state in ('NEW', 'WAITING') and next_try_at <= :now
                        order by next_try_at, id limit :most for update skip locked
                        """)
                .param("now", now())
                .param("most", most)
                .query(SignalRows::read)
                .list();
        if (!taken.isEmpty()) {
            jdbc.sql("update signal set attempts = attempts + 1, next_try_at = :again where id in (:ids)")
                    .param("again", in(IN_DOUBT))
                    .param("ids", taken.stream().map(Signal::id).toList())
                    .update();
        }
        return taken;
    }

    /** Holds a signal until the transaction ends; false when it has come to rest meanwhile. */
    boolean hold(long id) {
        return jdbc.sql("select id from signal where id = :id and state in ('NEW', 'WAITING') for update")
                .param("id", id)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** It has come to rest. */
    @Transactional
    void settle(Signal signal, State state, @Nullable String reason, @Nullable String about, @Nullable JourneyKey key) {
        jdbc.sql("""
                        update signal set state = :state, reason = :reason, about = coalesce(:about, about),
                            journey_key = coalesce(:key, journey_key)
                        where id = :id
                        """)
                .param("state", state.name())
                .param("reason", shortened(reason))
                .param("about", about)
                .param("key", key == null ? null : key.toString())
                .param("id", signal.id())
                .update();
        forgetAwaited(signal.id());
    }

    /** It waits for its order, for so long; nobody waits for ever. */
    @Transactional
    void await(Signal signal, String about, Collection<String> awaited, String reason) {
        if (!signal.receivedAt().plus(LONGEST_WAIT).isAfter(clock.instant())) {
            settle(
                    signal,
                    State.PARKED,
                    "No order came for it in " + LONGEST_WAIT.toDays() + " days. " + reason,
                    about,
                    null);
            return;
        }
        forgetAwaited(signal.id());
        for (String name : awaited) {
            jdbc.sql("insert into awaited (signal, brand, name) values (:id, :brand, :name) on conflict do nothing")
                    .param("id", signal.id())
                    .param("brand", signal.brand())
                    .param("name", name)
                    .update();
        }
        jdbc.sql("""
                        update signal set state = 'WAITING', reason = :reason, about = :about, attempts = 0,
                            next_try_at = :again
                        where id = :id
                        """)
                .param("reason", shortened(reason))
                .param("about", about)
                .param("again", in(LOOK_AGAIN))
                .param("id", signal.id())
                .update();
    }

    /** It could not be tried to the end; after so many tries a person must have a look, and the others go on. */
    @Transactional
    void failed(Signal signal, RuntimeException trouble) {
        int tries = signal.attempts() + 1;
        if (tries >= MOST_TRIES) {
            log.warn("Signal {} of {} failed {} times and is parked", signal.id(), signal.source(), tries, trouble);
            settle(signal, State.PARKED, "It failed " + tries + " times, the last time with: " + trouble, null, null);
            return;
        }
        jdbc.sql("update signal set reason = :reason, next_try_at = :again where id = :id")
                .param("reason", shortened("It failed and is tried again: " + trouble))
                .param("again", in(Duration.ofSeconds(1L << (2 * signal.attempts()))))
                .param("id", signal.id())
                .update();
    }

    /**
     * What waited for these orders, or for one of their parcels, is tried now.
     *
     * @return how many signals those are
     */
    @Transactional
    int wake(Collection<JourneyKey> keys) {
        // Nearly always nobody waits: one look for all orders of a brand.
        return keys.stream().collect(groupingBy(JourneyKey::brand)).entrySet().stream()
                .filter(brand -> anybodyWaits(brand.getKey()))
                .flatMap(brand -> brand.getValue().stream())
                .mapToInt(this::wake)
                .sum();
    }

    private boolean anybodyWaits(String brand) {
        return jdbc.sql("select signal from awaited where brand = :brand limit 1")
                .param("brand", brand)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private int wake(JourneyKey key) {
        var known = new ArrayList<String>();
        names.of(key).forEach(name -> known.add(order(name)));
        parcels.trackingKeys(key).forEach(tracking -> known.add(parcel(tracking)));
        if (known.isEmpty()) {
            // A milestone came, and its order did not yet.
            return 0;
        }
        return jdbc.sql("""
                        update signal set next_try_at = :now
                        where state = 'WAITING' and id in
                            (select signal from awaited where brand = :brand and name in (:names))
                        """)
                .param("now", now())
                .param("brand", key.brand())
                .param("names", known)
                .update();
    }

    /** It was taken again and again, and nobody came back to say why: it may have taken the whole application down. */
    @Transactional
    void giveUp(Signal signal) {
        log.warn(
                "Signal {} of {} was begun {} times and never done; it is parked",
                signal.id(),
                signal.source(),
                MOST_TRIES);
        settle(signal, State.PARKED, "It was begun " + MOST_TRIES + " times and never done", null, null);
    }

    /** A person must have a look. */
    @Transactional
    void park(Signal signal, String reason, @Nullable String about) {
        settle(signal, State.PARKED, reason, about, null);
    }

    /** Whether an order or parcel has this awaited name by now. */
    boolean known(String brand, String awaited) {
        String name = awaited.substring(awaited.indexOf(':') + 1);
        return awaited.startsWith("parcel:")
                ? parcels.known(name)
                : !names.find(brand, name).isEmpty();
    }

    /** It is tried at once. */
    @Transactional
    void hurry(long id) {
        jdbc.sql("update signal set next_try_at = :now where id = :id and state = 'WAITING'")
                .param("now", now())
                .param("id", id)
                .update();
    }

    private void forgetAwaited(long id) {
        jdbc.sql("delete from awaited where signal = :id").param("id", id).update();
    }

    private static @Nullable String shortened(@Nullable String reason) {
        if (reason == null) {
            return null;
        }
        String plain = Plain.text(reason);
        return plain.substring(0, Math.min(1000, plain.length()));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Timestamp in(Duration wait) {
        return Timestamp.from(clock.instant().plus(wait));
    }
}
