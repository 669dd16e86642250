package io.porchlight.subscribers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** How long a subscriber asks to be left alone: Retry-After (RFC 9110, 10.2.3), or a minute for "too many requests". */
final class RetryAfter {

    private static final Duration TOO_MANY = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofHours(24);

    private RetryAfter() {}

    static @Nullable Duration of(int status, @Nullable Header header, Instant now) {
        var asked = header == null ? null : read(header.getValue().strip(), now);
        if (asked == null || asked.isNegative()) {
            return status == 429 ? TOO_MANY : null;
        }
        return asked.compareTo(MOST) > 0 ? MOST : asked;
    }

    private static @Nullable Duration read(String text, Instant now) {
        try {
            return text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException neither) {
            return null;
        }
    }
}
