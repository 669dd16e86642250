package io.porchlight.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.orders.Order.Promise;
import io.porchlight.orders.Orders.Told;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calendar's file, to the letter of RFC 5545. */
class PromiseCalendarTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Told TOLD =
            new Told(new Promise(LocalDate.parse("2026-12-28"), LocalDate.parse("2026-12-28")), NOW);

    @Test
    void foldsLinesAt75OctetsAndCutsNoCharacter() {
        String text =
                "Ihre Bestellung 🥿 kommt an, „schön“, und zwar ganz bestimmt noch vor dem Jahresende, ".repeat(3);

        String calendar = PromiseCalendar.write(List.of(TOLD), NOW, "u", text, "");

        assertThat(calendar.split("\r\n"))
                .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(calendar).doesNotContain("\uFFFD");
        assertThat(calendar.replace("\r\n ", "")).contains("SUMMARY:" + text.replace(",", "\\,"));
    }

    @Test
    void escapesWhatWouldEndALine() {
        String calendar = PromiseCalendar.write(List.of(TOLD), NOW, "u", "a;b,c\\d\r\nEND:VEVENT\u0007", "x\ny");

        assertThat(calendar).contains("SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n", "DESCRIPTION:x\\ny\r\n");
        assertThat(calendar.lines().filter("END:VEVENT"::equals)).hasSize(1);
    }

    @Test
    void lastsFromTheFirstPromisedDayToTheEndOfTheLast() {
        String calendar = PromiseCalendar.write(List.of(TOLD, TOLD, TOLD), NOW, "u", "s", "d");

        assertThat(calendar)
                .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
                .endsWith("END:VCALENDAR\r\n")
                .contains(
                        "METHOD:PUBLISH\r\n",
                        "SEQUENCE:2\r\n",
                        "DTSTAMP:20261121T100000Z\r\n",
                        "DTSTART;VALUE=DATE:20261228\r\n",
                        "DTEND;VALUE=DATE:20261229\r\n");
    }
}
