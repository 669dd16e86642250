package io.porchlight.notifications;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.porchlight.notifications.Verdict.Later;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A domain that puts off one letter after another is left in peace for a while, ever longer, instead of being asked for
 * each letter anew; all others flow. Forgotten with the process: then it is simply asked again.
 */
@Component
@Order(95)
class Destinations implements Rule {

    private record Rest(int refusals, Instant until) {}

    private static final int PATIENCE = 3;
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 5;
    private static final long MOST_DOMAINS = 10_000;

    private final Cache<String, Rest> resting =
            Caffeine.newBuilder().maximumSize(MOST_DOMAINS).build();
    private final Clock clock;

    Destinations(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Verdict> objection(Facts facts) {
        var domain = domain(facts.order().customer().email());
        var rest = facts.notification().channel().equals("email") ? resting.getIfPresent(domain) : null;
        return rest == null || !facts.now().isBefore(rest.until())
                ? Optional.empty()
                : Optional.of(new Later(
                        rest.until(),
                        "the mail server for " + domain + " has asked us several times to come back later"));
    }

    /** The domain's mail server asked to wait. */
    void putOff(@Nullable String address) {
        resting.asMap().merge(domain(address), new Rest(1, Instant.EPOCH), (before, first) -> {
            int refusals = before.refusals() + 1;
            return new Rest(
                    refusals,
                    refusals < PATIENCE ? Instant.EPOCH : clock.instant().plus(pause(refusals)));
        });
    }

    /** The domain's mail server answered for good, with yes or no. */
    void answered(@Nullable String address) {
        resting.invalidate(domain(address));
    }

    private static Duration pause(int refusals) {
        return FIRST.multipliedBy(1L << Math.min(refusals - PATIENCE, MOST_DOUBLINGS));
    }

    private static String domain(@Nullable String address) {
        return address == null
                ? ""
                : address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
