package io.porchlight.notifications;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How notifications leave.
 *
 * @param connections SMTP connections kept open at once
 * @param lease how long a claim holds when its instance is not heard of any more
 * @param connectTimeout to reach the mail server
 * @param commandTimeout for each answer of the mail server but the last
 * @param acceptTimeout for the answer to the final dot (RFC 5321, 4.5.3.2.6 asks for 10 minutes)
 * @param firstRetry after a temporary refusal; grows by half each time, up to {@code lastRetry}
 * @param perSecond how many messages may leave in a second, of all brands together; as many as there are when absent
 */
@Validated
@ConfigurationProperties("porchlight.notifications")
record NotificationSettings(
        @DefaultValue("4") @Min(1) @Max(64) int connections,
        @DefaultValue("30s") @NotNull Duration lease,
        @DefaultValue("10s") @NotNull Duration connectTimeout,
        @DefaultValue("60s") @NotNull Duration commandTimeout,
        @DefaultValue("10m") @NotNull Duration acceptTimeout,
        @DefaultValue("5m") @NotNull Duration firstRetry,
        @DefaultValue("67m") @NotNull Duration lastRetry,
        @Min(1) @Nullable Integer perSecond) {

    /** How long to wait after the n-th temporary refusal. */
    Duration retryAfter(int attempts) {
        return grown(firstRetry, 1.5, attempts);
    }

    /** How long to wait after the n-th broken connection. */
    Duration reconnectAfter(int attempts) {
        return grown(Duration.ofSeconds(5), 2, attempts);
    }

    private Duration grown(Duration first, double factor, int attempts) {
        double grown = first.toMillis() * Math.pow(factor, Math.max(0, attempts - 1));
        return Duration.ofMillis((long) Math.min(grown, (double) lastRetry.toMillis()));
    }
}
