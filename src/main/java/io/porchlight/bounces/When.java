package io.porchlight.bounces;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.stereotype.Component;

/** Reads when something happened, as providers write it; what cannot be read happened now. */
@Component
class When {

    private final Clock clock;

    When(Clock clock) {
        this.clock = clock;
    }

    Instant read(String iso) {
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException unreadable) {
            return clock.instant();
        }
    }

    Instant read(double epochSecond) {
        var now = clock.instant();
        return epochSecond > 0 && epochSecond <= now.getEpochSecond() ? Instant.ofEpochSecond((long) epochSecond) : now;
    }
}
