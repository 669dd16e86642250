package io.porchlight.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * How often links may be asked for: by one address, and for one order number, whether there is such an order or not. Of each
 * kind so many are remembered and no more.
 */
@Component
class AskingLimits {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int REMEMBERED = 20_000;
    private static final int LONGEST = 64;

    private final LostLinkSettings settings;
    private final Cache<String, Bucket> addresses = memory();
    private final Cache<String, Bucket> numbers = memory();

    AskingLimits(LostLinkSettings settings) {
        this.settings = settings;
    }

    /** @throws TooOften when one of the two has been asked for too often */
    void count(String address, String number) {
        String plain = number.strip().toLowerCase(Locale.ROOT);
        take(addresses, network(address), settings.perAddress());
        take(numbers, plain.substring(0, Math.min(LONGEST, plain.length())), settings.perOrder());
    }

    private static void take(Cache<String, Bucket> buckets, String key, int perHour) {
        var bucket = buckets.get(
                key,
                first -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(perHour)
                                .refillGreedy(perHour, HOUR)
                                .build())
                        .build());
        var taken = bucket.tryConsumeAndReturnRemaining(1);
        if (!taken.isConsumed()) {
            throw new TooOften(Duration.ofNanos(taken.getNanosToWaitForRefill()));
        }
    }

    /** Whoever has one address of IPv6 has the other 2^64 of its network too. */
    private static String network(String address) {
        return address.indexOf(':') < 0
                ? address
                : Arrays.stream(address.split(":", -1)).limit(4).collect(Collectors.joining(":"));
    }

    private static Cache<String, Bucket> memory() {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(HOUR.multipliedBy(2))
                .build();
    }
}
