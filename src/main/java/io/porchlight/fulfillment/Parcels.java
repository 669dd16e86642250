package io.porchlight.fulfillment;

import io.porchlight.orders.Fingerprints;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.OrderErased;
import io.porchlight.orders.Plain;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which parcel a tracking number names. Carriers know nothing of orders; what the shop or the warehouse attached to a
 * milestone tells. One number may name parcels of several orders, and one parcel may travel in boxes with a number each.
 */
@Component
public class Parcels {

    /**
     * A parcel of an order.
     *
     * @param name as milestones call it, or {@link Milestone#WHOLE_ORDER}
     */
    public record Parcel(JourneyKey key, String name) {}

    private final JdbcClient jdbc;
    private final Fingerprints fingerprints;
    private final ApplicationEventPublisher events;

    Parcels(JdbcClient jdbc, Fingerprints fingerprints, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.fingerprints = fingerprints;
        this.events = events;
    }

    /** A tracking number as it is compared: people and systems put spaces, dashes and line breaks in. */
    public static String plain(String trackingNumber) {
        return trackingNumber.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
    }

    /** The key of a tracking number; it still finds its order when the number itself was forgotten. */
    public String trackingKey(String brand, String trackingNumber) {
        return fingerprints.of("tracking", brand + ":" + plain(trackingNumber));
    }

    /** The parcels that a tracking number names. */
    public List<Parcel> find(String brand, String trackingNumber) {
        return jdbc.sql("select journey_key, name from parcel where brand = :brand and tracking_key = :key order by id")
                .param("brand", brand)
                .param("key", trackingKey(brand, trackingNumber))
                .query((row, number) ->
                        new Parcel(JourneyKey.parse(row.getString("journey_key")), row.getString("name")))
                .list();
    }

    /** Whether any parcel has this tracking key. */
    public boolean known(String trackingKey) {
        return jdbc.sql("select id from parcel where tracking_key = :key limit 1")
                .param("key", trackingKey)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** The keys of all tracking numbers of an order. */
    public List<String> trackingKeys(JourneyKey key) {
        return jdbc.sql("select tracking_key from parcel where journey_key = :key order by tracking_key")
                .param("key", key.toString())
                .query(String.class)
                .list();
    }

    /**
     * One box arrived.
     *
     * @return when the parcel did, that is, the last of its boxes; empty while others are under way
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Instant> arrived(Parcel parcel, String trackingNumber, Instant at) {
        jdbc.sql("update parcel set delivered_at = coalesce(delivered_at, :at)"
                        + " where tracking_key = :tracking and journey_key = :key")
                .param("at", Timestamp.from(at))
                .param("tracking", trackingKey(parcel.key().brand(), trackingNumber))
                .param("key", parcel.key().toString())
                .update();
        var boxes = jdbc.sql("select delivered_at from parcel where journey_key = :key and name = :name")
                .param("key", parcel.key().toString())
                .param("name", parcel.name())
                .query((row, number) -> Optional.ofNullable(row.getTimestamp("delivered_at")))
                .list();
        if (boxes.size() < 2) {
            return Optional.of(at);
        }
        return boxes.stream().allMatch(Optional::isPresent)
                ? boxes.stream()
                        .flatMap(Optional::stream)
                        .map(Timestamp::toInstant)
                        .max(Instant::compareTo)
                : Optional.empty();
    }

    /** Remembers what a milestone says about its parcel. */
    @Transactional
    void note(JourneyKey key, MilestoneReport report, boolean forgotten) {
        var details = report.details();
        if (details == null) {
            return;
        }
        note(key, report, details.path("trackingNumber").asText(""), forgotten);
        details.path("trackingNumbers").forEach(number -> note(key, report, number.asText(""), forgotten));
    }

    private void note(JourneyKey key, MilestoneReport report, String trackingNumber, boolean forgotten) {
        var details = report.details();
        if (details == null || plain(trackingNumber).isEmpty()) {
            return;
        }
        int inserted = jdbc.sql("""
                        insert into parcel (brand, tracking_key, tracking_number, journey_key, name, carrier, lines)
                        values (:brand, :tracking, :number, :key, :name, :carrier, :lines) on conflict do nothing
                        """)
                .param("brand", key.brand())
                .param("tracking", trackingKey(key.brand(), trackingNumber))
                .param("number", forgotten ? null : shortened(trackingNumber))
                .param("key", key.toString())
                .param("name", report.parcel())
                .param("carrier", shortened(details.path("carrier").asText("")))
                .param(
                        "lines",
                        details.path("lines").isArray() ? details.path("lines").toString() : "[]")
                .update();
        if (inserted == 0) {
            name(key, trackingNumber, report.parcel());
        }
        events.publishEvent(new ParcelNamed(key));
    }

    /**
     * A carrier that spoke before the shop could call the parcel only by its number; now the shop says what it calls it.
     */
    private void name(JourneyKey key, String trackingNumber, String name) {
        int named = jdbc.sql("""
                        update parcel set name = :name
                        where tracking_key = :tracking and journey_key = :key and name = :number and name <> :name
                        """)
                .param("name", name)
                .param("tracking", trackingKey(key.brand(), trackingNumber))
                .param("key", key.toString())
                .param("number", plain(trackingNumber))
                .update();
        if (named == 1) {
            jdbc.sql("""
                            update milestone set parcel = :name
                            where journey_key = :key and parcel = :number and not exists (
                                select 1 from milestone other where other.journey_key = milestone.journey_key
                                    and other.name = milestone.name and other.occurrence = milestone.occurrence
                                    and other.parcel = :name)
                            """)
                    .param("name", name)
                    .param("key", key.toString())
                    .param("number", plain(trackingNumber))
                    .update();
        }
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(OrderErased erased) {
        jdbc.sql("update parcel set tracking_number = null, lines = '[]' where journey_key = :key")
                .param("key", erased.key().toString())
                .update();
    }

    private static String shortened(String text) {
        String plain = Plain.text(text);
        return plain.substring(0, Math.min(200, plain.length()));
    }
}
