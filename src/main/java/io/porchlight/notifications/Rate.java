package io.porchlight.notifications;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.porchlight.brands.Rates;
import io.porchlight.notifications.Verdict.Later;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * So many messages a second and no more, of all brands together and of each by itself; counted by each instance. The last
 * rule of all: what it lets through is sent. What is too much gets a turn of its own, and is not counted again when that
 * comes.
 */
@Component
@Order(100)
class Rate implements Rule {

    private static final String TURN = "so many messages leave in a second and no more; it has its turn";
    private static final Duration LATE = Duration.ofMinutes(1);

    private final @Nullable Bucket all;
    private final Rates rates;
    private final Map<String, Bucket> brands = new ConcurrentHashMap<>();

    Rate(NotificationSettings settings, Rates rates) {
        this.all = settings.perSecond() == null ? null : bucket(settings.perSecond());
        this.rates = rates;
    }

    @Override
    public Optional<Verdict> objection(Facts facts) {
        if (hasItsTurn(facts)) {
            return Optional.empty();
        }
        long wait = Math.max(take(all), take(brand(facts.brand().id())));
        return wait == 0 ? Optional.empty() : Optional.of(new Later(facts.now().plusNanos(wait), TURN));
    }

    private static boolean hasItsTurn(Facts facts) {
        var notification = facts.notification();
        return TURN.equals(notification.reason())
                && facts.now().isBefore(notification.dueAt().plus(LATE));
    }

    private @Nullable Bucket brand(String id) {
        var perSecond = rates.perSecond(id);
        return perSecond.isEmpty() ? null : brands.computeIfAbsent(id, name -> bucket(perSecond.getAsInt()));
    }

    /** How long until the token that was taken is there, in nanoseconds. */
    private static long take(@Nullable Bucket bucket) {
        return bucket == null ? 0 : bucket.consumeIgnoringRateLimits(1);
    }

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(perSecond)
                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                        .build())
                .build();
    }
}
