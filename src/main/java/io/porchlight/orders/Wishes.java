package io.porchlight.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What customers asked for about their orders. */
@Component
public class Wishes {

    private final JdbcClient jdbc;

    Wishes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was asked for about an order; nothing in particular, when nothing was. */
    public Wish of(JourneyKey key) {
        return of(Set.of(key)).getOrDefault(key, Wish.NONE);
    }

    /** The same for each of these orders; for one about which nothing was asked there is no entry. */
    public Map<JourneyKey, Wish> of(Set<JourneyKey> keys) {
        var wishes = new HashMap<JourneyKey, Wish>();
        jdbc.sql("select * from wish where journey_key in (:keys)")
                .param("keys", JourneyKey.texts(keys))
                .query(row -> {
                    wishes.put(
                            JourneyKey.parse(row.getString("journey_key")),
                            new Wish(row.getBoolean("gift"), row.getString("delivery_note")));
                });
        return wishes;
    }

    /** It is a gift, or it is none; the caller makes sure that its customer was not erased. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void gift(JourneyKey key, boolean gift) {
        begin(key);
        jdbc.sql("update wish set gift = :gift where journey_key = :key")
                .param("gift", gift)
                .param("key", key.toString())
                .update();
    }

    /** Where to put it, in at most {@link Wish#LONGEST_NOTE} characters; the caller makes sure that nobody was erased. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void deliveryNote(JourneyKey key, String note) {
        begin(key);
        jdbc.sql("update wish set delivery_note = :note where journey_key = :key")
                .param("note", note)
                .param("key", key.toString())
                .update();
    }

    /** A note says where somebody lives and when they are out: it goes with its customer. */
    @Transactional
    void forget(JourneyKey key) {
        jdbc.sql("delete from wish where journey_key = :key")
                .param("key", key.toString())
                .update();
    }

    private void begin(JourneyKey key) {
        jdbc.sql("insert into wish (journey_key) values (:key) on conflict do nothing")
                .param("key", key.toString())
                .update();
    }
}
