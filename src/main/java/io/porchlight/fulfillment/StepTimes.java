package io.porchlight.fulfillment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long the steps of a journey usually take: the median of what they took for the brand's last {@value #MOST} orders,
 * and nothing at all for fewer than {@value #LEAST}. The median, because one pair that lay forgotten for a month says nothing
 * about the next; the last ones, because workshops change; never what was only implied or what no clock saw, because a
 * guess about guesses is none. It is remembered for a quarter of an hour, since it hardly moves.
 */
@Component
public class StepTimes {

    private static final int LEAST = 5;
    private static final int MOST = 50;
    private static final int REMEMBERED = 2_000;
    private static final Duration FRESH = Duration.ofMinutes(15);

    private record Step(
            String brand, String processId, @Nullable String from, String to) {}

    private record Taken(JourneyKey key, @Nullable Instant from, Instant to) {}

    private final JdbcClient jdbc;
    private final Orders orders;
    private final Cache<Step, Optional<Duration>> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(FRESH)
            .build();

    StepTimes(JdbcClient jdbc, Orders orders) {
        this.jdbc = jdbc;
        this.orders = orders;
    }

    /**
     * The usual time between two milestones of a journey.
     *
     * @param from the earlier one; absent for the order itself
     * @return empty when too few orders have come that far
     */
    public Optional<Duration> usual(String brand, String processId, @Nullable String from, String to) {
        return known.get(new Step(brand, processId, from, to), this::median);
    }

    private Optional<Duration> median(Step step) {
        var times = (step.from() == null ? sinceTheOrder(step) : between(step))
                .stream()
                        .map(taken -> Duration.between(began(taken), taken.to()))
                        .filter(Duration::isPositive)
                        .sorted()
                        .toList();
        return times.size() < LEAST ? Optional.empty() : Optional.of(times.get((times.size() - 1) / 2));
    }

    private Instant began(Taken taken) {
        return taken.from() != null
                ? taken.from()
                : orders.find(taken.key()).orElseThrow().placedAt();
    }

    private List<Taken> between(Step step) {
        return jdbc.sql("""
                        select b.journey_key, a.occurred_at as began, b.occurred_at as ended from milestone b
                        join milestone a on a.journey_key = b.journey_key and a.name = :from and a.parcel = '-'
                            and a.occurrence = 1 and not a.implied and a.occurred_at is not null
                        join orders o on o.journey_key = b.journey_key and o.brand = :brand
                        join journey j on j.journey_key = b.journey_key and j.process_id = :process
                        where b.name = :to and b.parcel = '-' and b.occurrence = 1 and not b.implied
                            and b.occurred_at is not null
                        order by b.id desc limit :most
                        """)
                .param("from", step.from())
                .param("brand", step.brand())
                .param("process", step.processId())
                .param("to", step.to())
                .param("most", MOST)
                .query((row, number) -> new Taken(
                        JourneyKey.parse(row.getString("journey_key")),
                        row.getTimestamp("began").toInstant(),
                        row.getTimestamp("ended").toInstant()))
                .list();
    }

    private List<Taken> sinceTheOrder(Step step) {
        return jdbc.sql("""
                        select b.journey_key, b.occurred_at as ended from milestone b
                        join orders o on o.journey_key = b.journey_key and o.brand = :brand
                        join journey j on j.journey_key = b.journey_key and j.process_id = :process
                        where b.name = :to and b.parcel = '-' and b.occurrence = 1 and not b.implied
                            and b.occurred_at is not null
                        order by b.id desc limit :most
                        """)
                .param("brand", step.brand())
                .param("process", step.processId())
                .param("to", step.to())
                .param("most", MOST)
                .query((row, number) -> new Taken(
                        JourneyKey.parse(row.getString("journey_key")),
                        null,
                        row.getTimestamp("ended").toInstant()))
                .list();
    }
}
