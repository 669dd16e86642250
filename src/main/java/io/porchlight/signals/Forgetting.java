package io.porchlight.signals;

import io.porchlight.orders.Order;
import io.porchlight.orders.OrderErased;
import io.porchlight.orders.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Empties signals of a person who was erased: those about their orders, and those that merely name their addresses. */
@Component
class Forgetting {

    private static final String WHY = "Its customer was erased: what it said is gone";

    private final JdbcClient jdbc;

    Forgetting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(OrderErased erased) {
        var all = new ArrayList<>(jdbc.sql("select id from signal where journey_key = :key")
                .param("key", erased.key().toString())
                .query(Long.class)
                .list());
        traces(erased.before()).forEach(trace -> all.addAll(naming(erased.key().brand(), trace)));
        empty(all);
    }

    /** Whatever waited or was parked stays so no longer: without its body nobody could do anything with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void empty(List<Long> ids) {
        for (long id : ids.stream().distinct().toList()) {
            jdbc.sql("delete from awaited where signal = :id").param("id", id).update();
            jdbc.sql("""
                            update signal set body = '{}', headers = '{}', body_hash = :hash, about = null, reason = :why,
                                state = case when state = 'UNDERSTOOD' then state else 'IGNORED' end
                            where id = :id
                            """)
                    .param("hash", Received.FORGOTTEN)
                    .param("why", WHY)
                    .param("id", id)
                    .update();
        }
    }

    private static List<String> traces(Order order) {
        return Stream.of(order.customer().email(), order.customer().phone())
                .flatMap(Stream::ofNullable)
                .map(trace -> trace.strip().toLowerCase(Locale.ROOT))
                .filter(trace -> trace.length() >= 6)
                .toList();
    }

    private List<Long> naming(String brand, String trace) {
        return jdbc.sql("select id from signal where brand = :brand and position(:trace in lower(body)) > 0")
                .param("brand", brand)
                .param("trace", trace)
                .query(Long.class)
                .list();
    }
}
