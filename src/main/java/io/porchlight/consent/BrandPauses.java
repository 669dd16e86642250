package io.porchlight.consent;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brands that asked for silence, say because something is wrong with their letters; what they have to say waits. */
@Component
public class BrandPauses {

    private final JdbcClient jdbc;
    private final Clock clock;

    BrandPauses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The brand falls silent; saying so twice changes nothing. */
    @Transactional
    public void begin(String brand) {
        jdbc.sql("insert into brand_pause (brand, since) values (:brand, :now) on conflict do nothing")
                .param("brand", brand)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** The brand speaks again. */
    @Transactional
    public void end(String brand) {
        jdbc.sql("delete from brand_pause where brand = :brand")
                .param("brand", brand)
                .update();
    }
}
