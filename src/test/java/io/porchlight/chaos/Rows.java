package io.porchlight.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the database says about letters and customers, read without the application's code.
 *
 * @param byTag every notification, by what its Message-ID begins with
 * @param unknown notification to the number of its tries that are called unknown
 * @param stops customer to when marketing was forbidden
 */
record Rows(Map<String, Row> byTag, Map<Long, Integer> unknown, Map<String, List<Stop>> stops) {

    /** The key of every application in these tests. */
    static final String SECRET = "only-for-tests-only-for-tests-only";

    /** A letter's Message-ID begins with the first half of the hash of its row and the moment when that was planned. */
    private static final Pattern MESSAGE_ID = Pattern.compile("<porchlight\.([0-9a-f]{32})[0-9a-f]{16}@.*>");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One notification.
     *
     * @param key what must be unique
     * @param story the order and parcel that its rank belongs to
     * @param customer absent when erased
     */
    record Row(
            long id,
            String key,
            String story,
            String channel,
            boolean marketing,
            int rank,
            String state,
            Instant plannedAt,
            @Nullable Instant leaseUntil,
            @Nullable String customer,
            @Nullable String recipient,
            @Nullable ZoneId zone) {}

    /** When a customer wanted no marketing; without an end when they still do not. */
    record Stop(Instant from, @Nullable Instant until) {}

    static Rows read(JdbcClient jdbc) {
        var byTag = new LinkedHashMap<String, Row>();
        jdbc.sql("""
                        select n.*, o.brand, o.customer_id, o.content
                        from notification n left join orders o on o.journey_key = n.journey_key order by n.id
                        """).query(Rows::row).list().forEach(row -> byTag.put(tag(row.id(), row.plannedAt()), row));
        var unknown = new HashMap<Long, Integer>();
        jdbc.sql("select notification_id from earlier_try where outcome = 'unknown'")
                .query(Long.class)
                .list()
                .forEach(id -> unknown.merge(id, 1, Integer::sum));
        return new Rows(byTag, unknown, stops(jdbc));
    }

    private static Map<String, List<Stop>> stops(JdbcClient jdbc) {
        var stops = new HashMap<String, List<Stop>>();
        jdbc.sql("""
                        select c.brand, c.customer_id, e.source, e.said_at
                        from consent_entry e join customer c on c.id = e.customer
                        where e.source in ('UNSUBSCRIBE_LINK', 'COMPLAINT', 'PREFERENCE_PAGE') order by e.id
                        """).query().listOfRows().forEach(entry -> {
            var of = stops.computeIfAbsent(
                    entry.get("brand") + ":" + entry.get("customer_id"), none -> new ArrayList<>());
            var at = instant(entry.get("said_at"));
            if (!"PREFERENCE_PAGE".equals(entry.get("source"))) {
                of.add(new Stop(at, null));
            } else {
                // The customer chose anew, perhaps to be written to again.
                of.replaceAll(stop -> stop.until() == null ? new Stop(stop.from(), at) : stop);
            }
        });
        return stops;
    }

    private static Instant instant(Object value) {
        return value instanceof java.time.OffsetDateTime time
                ? time.toInstant()
                : ((java.sql.Timestamp) value).toInstant();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        var customer = customer(row.getString("content"));
        var lease = row.getTimestamp("lease_until");
        String order = row.getString("journey_key");
        String occurrence = row.getString("occurrence");
        return new Row(
                row.getLong("id"),
                String.join(
                        " ",
                        order,
                        row.getString("process_id"),
                        row.getString("step"),
                        occurrence,
                        row.getString("channel")),
                order + " " + occurrence.substring(0, occurrence.lastIndexOf('#')),
                row.getString("channel"),
                row.getString("message_class").equals("MARKETING"),
                row.getInt("story_rank"),
                row.getString("state"),
                row.getTimestamp("planned_at").toInstant(),
                lease == null ? null : lease.toInstant(),
                row.getString("customer_id") == null
                        ? null
                        : row.getString("brand") + ":" + row.getString("customer_id"),
                customer.path("email").textValue(),
                customer.path("timeZone").isTextual()
                        ? ZoneId.of(customer.path("timeZone").textValue())
                        : null);
    }

    private static JsonNode customer(@Nullable String order) {
        try {
            return order == null || order.isBlank()
                    ? JSON.missingNode()
                    : JSON.readTree(order).path("customer");
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The row that a letter belongs to. */
    @Nullable
    Row of(String messageId) {
        var named = MESSAGE_ID.matcher(messageId);
        return named.matches() ? byTag.get(named.group(1)) : null;
    }

    static String tag(long id, Instant plannedAt) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            var hash = mac.doFinal(("return-message_id:" + id + "." + plannedAt.toEpochMilli()).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Collection<Row> all() {
        return byTag.values();
    }

    int unknownTries(Row row) {
        return unknown.getOrDefault(row.id(), 0);
    }

    List<Stop> stops(Row row) {
        return row.customer() == null ? List.of() : stops.getOrDefault(row.customer(), List.of());
    }
}
