package io.porchlight.subscribers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a webhook that was not taken is sent again: the example schedule of the Standard Webhooks specification 1.0
 * ("Deliverability and reliability"), ten attempts over a little more than three days, each interval longer by up to a
 * tenth, so that what failed together does not come back together.
 */
final class RetrySchedule {

    static final List<Duration> INTERVALS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private RetrySchedule() {}

    /** How long to wait after so many attempts; empty when there have been enough. */
    static Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts > INTERVALS.size()) {
            return Optional.empty();
        }
        var interval = INTERVALS.get(attempts - 1);
        return Optional.of(interval.plusMillis(random.nextLong(interval.toMillis() / 10)));
    }
}
