package io.porchlight.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.orders.Order.Promise;
import io.porchlight.orders.Refusal.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every order that a shop has told us of. */
@Component
public class Orders {

    /** What became of something that was posted. */
    public enum Outcome {
        /** It is new, and written down. */
        NEW,
        /** The same was posted before. */
        SAME,
        /** Something else was posted under this id before. */
        CONFLICT
    }

    /**
     * What is kept of an order.
     *
     * @param erased whether its customer was erased, and the order with them
     * @param order reads its content, which not everybody needs
     */
    public record Known(boolean erased, Supplier<Order> order) {}

    /**
     * What the customer was told about the day, and when.
     *
     * @param because why the day moved; absent when nobody said
     */
    public record Told(
            Promise promise, Instant at, @Nullable String because) {

        public Told(Promise promise, Instant at) {
            this(promise, at, null);
        }
    }

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Journeys journeys;
    private final Links links;
    private final Wishes wishes;
    private final OrderNames names;
    private final Promises promises;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Orders(
            JdbcClient jdbc,
            ObjectMapper json,
            Journeys journeys,
            Links links,
            Wishes wishes,
            OrderNames names,
            Promises promises,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.journeys = journeys;
        this.links = links;
        this.wishes = wishes;
        this.names = names;
        this.promises = promises;
        this.events = events;
        this.clock = clock;
    }

    /** Writes an order down, once. */
    @Transactional
    public Outcome place(Received<Order> received) {
        return place(received, null);
    }

    /**
     * The same, from a sender who tells when this was so.
     *
     * @param saidAt by the sender's clock; absent: now
     */
    @Transactional
    public Outcome place(Received<Order> received, @Nullable Instant saidAt) {
        var order = received.content();
        var key = order.journeyKey();
        int inserted = jdbc.sql("""
                        insert into orders (journey_key, brand, order_id, customer_id, content, content_hash, received_at,
                            said_at)
                        values (:key, :brand, :id, :customer, :content, :hash, :now, :said) on conflict do nothing
                        """)
                .param("key", key.toString())
                .param("brand", order.brand())
                .param("id", order.orderId())
                .param("customer", order.customer().id())
                .param("content", write(order))
                .param("hash", received.hash())
                .param("now", now())
                .param("said", saidAt == null ? null : Timestamp.from(past(saidAt)))
                .update();
        if (inserted == 0) {
            refuseErased(key);
            return hashOf(key).equals(received.hash()) ? Outcome.SAME : Outcome.CONFLICT;
        }
        if (order.promise() != null) {
            promises.tell(key, order.promise(), null, past(saidAt == null ? order.placedAt() : saidAt));
        }
        names.add(key, List.of(key.orderId()));
        links.make(key);
        journeys.open(key);
        events.publishEvent(new OrderPlaced(key));
        return Outcome.NEW;
    }

    /**
     * What a shop says of a known order counts from now on, unless something newer is known. Its journey goes on.
     *
     * @param saidAt by the shop's clock
     * @return whether anything but the promise changed
     */
    @Transactional
    public boolean change(Received<Order> received, Instant saidAt) {
        var order = received.content();
        var key = order.journeyKey();
        journeys.lock(key);
        if (erased(key)) {
            return false;
        }
        if (order.promise() != null) {
            promises.move(key, order.promise(), null, past(saidAt));
        }
        int changed = jdbc.sql("""
                        update orders set content = :content, content_hash = :hash, customer_id = :customer, said_at = :said
                        where journey_key = :key and (coalesce(said_at, received_at) < :said
                            or (coalesce(said_at, received_at) = :said and content_hash < :hash))
                        """)
                .param("content", write(order))
                .param("hash", received.hash())
                .param("customer", order.customer().id())
                .param("said", Timestamp.from(past(saidAt)))
                .param("key", key.toString())
                .update();
        if (changed == 1) {
            events.publishEvent(new OrderChanged(key));
        }
        return changed == 1;
    }

    /** When the shop said what we know of an order, by its own clock as far as it may be believed. */
    public Optional<Instant> saidAt(JourneyKey key) {
        return jdbc.sql("select said_at from orders where journey_key = :key and said_at is not null")
                .param("key", key.toString())
                .query((row, number) -> row.getTimestamp("said_at").toInstant())
                .optional();
    }

    /** The order with this key. */
    public Optional<Order> find(JourneyKey key) {
        return Optional.ofNullable(find(Set.of(key)).get(key));
    }

    /** The same, with whether its customer was erased. */
    public Optional<Known> known(JourneyKey key) {
        return jdbc.sql("select content, erased_at from orders where journey_key = :key")
                .param("key", key.toString())
                .query((row, number) -> known(row.getString("content"), row.getTimestamp("erased_at") != null))
                .optional();
    }

    private Known known(String content, boolean erased) {
        return new Known(erased, () -> read(content));
    }

    /** The orders with these keys, as far as they are known. */
    public Map<JourneyKey, Order> find(Set<JourneyKey> keys) {
        var found = new HashMap<JourneyKey, Order>();
        jdbc.sql("select journey_key, content from orders where journey_key in (:keys)")
                .param("keys", JourneyKey.texts(keys))
                .query(row -> {
                    found.put(JourneyKey.parse(row.getString("journey_key")), read(row.getString("content")));
                });
        return found;
    }

    /** The orders of a customer, oldest first. */
    public List<JourneyKey> of(CustomerKey customer) {
        return jdbc
                .sql("""
                        select journey_key from orders where brand = :brand and customer_id = :customer
                        order by received_at, journey_key
                        """)
                .param("brand", customer.brand())
                .param("customer", customer.customerId())
                .query(String.class)
                .list()
                .stream()
                .map(JourneyKey::parse)
                .toList();
    }

    /** The orders that go by this number, one per brand at most. */
    public List<JourneyKey> numbered(String orderId) {
        return jdbc
                .sql("select journey_key from orders where order_id = :id order by journey_key")
                .param("id", orderId)
                .query(String.class)
                .list()
                .stream()
                .map(JourneyKey::parse)
                .toList();
    }

    /** When we learned of this order. */
    public Optional<Instant> receivedAt(JourneyKey key) {
        return jdbc.sql("select received_at from orders where journey_key = :key")
                .param("key", key.toString())
                .query((row, number) -> row.getTimestamp("received_at").toInstant())
                .optional();
    }

    /** Whether this order's customer was erased. */
    public boolean erased(JourneyKey key) {
        return !erased(Set.of(key)).isEmpty();
    }

    /** Those of these orders whose customers were erased. */
    public Set<JourneyKey> erased(Set<JourneyKey> keys) {
        return jdbc
                .sql("select journey_key from orders where journey_key in (:keys) and erased_at is not null")
                .param("keys", JourneyKey.texts(keys))
                .query(String.class)
                .list()
                .stream()
                .map(JourneyKey::parse)
                .collect(Collectors.toSet());
    }

    /**
     * Empties an order of its person: its content and its links are gone, a journey that has not begun never begins. That
     * there was an order, when, and what became of its notifications stays countable.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void erase(JourneyKey key) {
        find(key).ifPresent(order -> {
            events.publishEvent(new OrderErased(key, order));
            journeys.abandon(key);
            links.forget(key);
            wishes.forget(key);
            promises.forget(key);
            jdbc.sql("""
                            update orders set content = :content, content_hash = :hash, customer_id = null,
                                erased_at = :now
                            where journey_key = :key
                            """)
                    .param("content", write(order.withoutPerson()))
                    .param("hash", Received.FORGOTTEN)
                    .param("now", now())
                    .param("key", key.toString())
                    .update();
        });
    }

    /** Everything the customer was told about the day, oldest first. */
    public List<Told> promises(JourneyKey key) {
        return promises.of(key);
    }

    /** The same for each of these orders; for one without any promise there is no entry. */
    public Map<JourneyKey, List<Told>> promises(Set<JourneyKey> keys) {
        return promises.of(keys);
    }

    /** Whether any order was ever placed here. */
    public boolean none() {
        return jdbc.sql("select journey_key from orders limit 1")
                .query(String.class)
                .optional()
                .isEmpty();
    }

    /** A moment that has not come yet is no knowledge. */
    private Instant past(Instant moment) {
        var now = clock.instant();
        return moment.isAfter(now) ? now : moment;
    }

    private void refuseErased(JourneyKey key) {
        if (erased(key)) {
            throw new Refusal(Kind.CONFLICT, "orderId", "was erased at its customer's wish and does not come back");
        }
    }

    private String hashOf(JourneyKey key) {
        return jdbc.sql("select content_hash from orders where journey_key = :key")
                .param("key", key.toString())
                .query(String.class)
                .single();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private String write(Order order) {
        try {
            return json.writeValueAsString(order);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Order read(String content) {
        try {
            return json.readValue(content, Order.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
