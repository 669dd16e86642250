package io.porchlight.orders;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The names that others call an order by: its id, its number, what the shop prints on the invoice ({@code #1001}). */
@Component
public class OrderNames {

    private static final int LONGEST = 200;

    private final JdbcClient jdbc;

    OrderNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A name as it is compared: without case, spaces around it, and the number sign that people put before it. */
    public static String plain(String name) {
        String plain = Plain.text(name).replaceFirst("^#+\\s*", "").strip().toUpperCase(Locale.ROOT);
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }

    /** Writes names of an order down; a repeat changes nothing. */
    @Transactional
    public void add(JourneyKey key, Collection<String> names) {
        for (String name : names) {
            if (!plain(name).isEmpty()) {
                jdbc.sql("insert into order_name (brand, name, journey_key) values (:brand, :name, :key)"
                                + " on conflict do nothing")
                        .param("brand", key.brand())
                        .param("name", plain(name))
                        .param("key", key.toString())
                        .update();
            }
        }
    }

    /** The orders of a brand that a name may mean: the one with this very id, else those that are called so. */
    public List<JourneyKey> find(String brand, String name) {
        var exact = jdbc.sql("select journey_key from orders where brand = :brand and order_id = :id")
                .param("brand", brand)
                .param("id", name)
                .query(String.class)
                .list();
        var found = exact.isEmpty() ? called(brand, plain(name)) : exact;
        return found.stream().map(JourneyKey::parse).toList();
    }

    /** Every name of an order, as it is compared. */
    public List<String> of(JourneyKey key) {
        return jdbc.sql("select name from order_name where journey_key = :key order by name")
                .param("key", key.toString())
                .query(String.class)
                .list();
    }

    private List<String> called(String brand, String name) {
        return jdbc.sql("select journey_key from order_name where brand = :brand and name = :name order by journey_key")
                .param("brand", brand)
                .param("name", name)
                .query(String.class)
                .list();
    }
}
