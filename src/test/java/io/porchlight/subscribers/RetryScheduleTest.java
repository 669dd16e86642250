package io.porchlight.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schedule, with jitter; a subscriber may ask for more. */
class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @Test
    void spansThePublishedThreeDays() {
        var total = RetrySchedule.INTERVALS.stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(total).isEqualTo(Duration.parse("PT75H35M5S"));
        assertThat(RetrySchedule.after(9, new Random(1))).isPresent();
        assertThat(RetrySchedule.after(10, new Random(1)))
                .as("ten attempts are enough")
                .isEmpty();
    }

    @Test
    void doesNotBringEverybodyBackAtOnce() {
        var random = new Random(1);

        var waits = IntStream.range(0, 100)
                .mapToObj(number -> RetrySchedule.after(2, random).orElseThrow())
                .distinct()
                .toList();

        assertThat(waits).hasSizeGreaterThan(90);
        assertThat(waits)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330)));
    }

    @ParameterizedTest
    @CsvSource({
        "503, 120, PT2M",
        "429, 7, PT7S",
        "503, 'Tue, 24 Nov 2026 09:00:00 GMT', PT1H",
        "503, 99999999, PT24H",
        "429, soon, PT1M",
        "429, 'Tue, 24 Nov 2026 07:00:00 GMT', PT1M",
        "429, , PT1M",
    })
    void heedsWhatASubscriberAsks(int status, String asked, Duration rest) {
        var header = asked == null ? null : new BasicHeader("Retry-After", asked);

        assertThat(RetryAfter.of(status, header, NOW)).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource({"500, ", "503, soon", "503, -5", "502, 99999999999999999999"})
    void restsNotWhenNobodyAsks(int status, String asked) {
        var header = asked == null ? null : new BasicHeader("Retry-After", asked);

        assertThat(RetryAfter.of(status, header, NOW)).isNull();
    }
}
