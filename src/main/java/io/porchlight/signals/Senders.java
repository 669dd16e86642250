package io.porchlight.signals;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How regularly each sender speaks, so that one that has gone quiet is noticed. */
@Component
public class Senders {

    /**
     * One source of one brand.
     *
     * @param usualGap the mean time between its last signals; absent until there are enough of them
     * @param quiet whether nothing came for six times as long
     */
    public record Sender(
            String source,
            String brand,
            Instant lastSeen,
            @Nullable Duration usualGap,
            boolean quiet) {}

    private record Known(String source, String brand) {}

    private static final int LOOKED_AT = 50;
    private static final int ENOUGH = 5;
    private static final int TOO_LONG = 6;

    /** Systems send in bursts; minutes of silence mean nothing. */
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Clock clock;

    Senders(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Everybody who ever sent anything. */
    public List<Sender> all() {
        var senders = new ArrayList<Sender>();
        for (var known : jdbc.sql("select distinct source, brand from signal order by source, brand")
                .query((row, number) -> new Known(row.getString("source"), row.getString("brand")))
                .list()) {
            senders.add(sender(known));
        }
        return List.copyOf(senders);
    }

    private Sender sender(Known known) {
        var times = jdbc
                .sql("""
                        select received_at from signal where source = :source and brand = :brand
                        order by received_at desc limit :most
                        """)
                .param("source", known.source())
                .param("brand", known.brand())
                .param("most", LOOKED_AT)
                .query(Timestamp.class)
                .list()
                .stream()
                .map(Timestamp::toInstant)
                .toList();
        var last = times.getFirst();
        var gap = times.size() < ENOUGH ? null : usual(Duration.between(times.getLast(), last), times.size() - 1);
        boolean quiet =
                gap != null && Duration.between(last, clock.instant()).compareTo(gap.multipliedBy(TOO_LONG)) > 0;
        return new Sender(known.source(), known.brand(), last, gap, quiet);
    }

    private static Duration usual(Duration all, int gaps) {
        var mean = all.dividedBy(gaps);
        return mean.compareTo(SHORTEST) < 0 ? SHORTEST : mean;
    }
}
