package io.porchlight.signals;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many signals each sender sent in which hour. */
@Component
public class SignalHours {

    /** An hour in which a sender sent something. */
    public record Hour(String source, String brand, Instant begin, long signals) {}

    private static final int SECONDS = 3_600;

    private final JdbcClient jdbc;

    SignalHours(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The hours since then in which anything came in; hours without signals are left out. */
    public List<Hour> since(Instant from) {
        return jdbc.sql("""
                        select source, brand, hour_number, count(*) as signals from (
                            select source, brand, cast(floor(extract(epoch from received_at) / 3600) as bigint) as hour_number
                            from signal where received_at >= :from) received
                        group by source, brand, hour_number order by source, brand, hour_number
                        """)
                .param("from", Timestamp.from(from))
                .query((row, number) -> new Hour(
                        row.getString("source"),
                        row.getString("brand"),
                        Instant.ofEpochSecond(row.getLong("hour_number") * SECONDS),
                        row.getLong("signals")))
                .list();
    }
}
