package io.porchlight.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.orders.Fingerprints;
import io.porchlight.orders.Links;
import io.porchlight.orders.Orders.Told;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The promised days for the customer's calendar (RFC 5545). The entry keeps its UID and counts its SEQUENCE up each time the
 * promise moves, so a calendar that gets it again moves the entry instead of adding one. It holds no link: calendars are
 * shared with colleagues, and the page's address is its key.
 */
@Controller
class PromiseCalendar {

    private static final MediaType TYPE =
            MediaType.parseMediaType("text/calendar;charset=utf-8;method=PUBLISH;component=VEVENT");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int LONGEST_LINE = 75;

    private final Links links;
    private final FactsReader reader;
    private final Fingerprints fingerprints;
    private final Press press;
    private final PageHeaders headers;

    PromiseCalendar(Links links, FactsReader reader, Fingerprints fingerprints, Press press, PageHeaders headers) {
        this.links = links;
        this.reader = reader;
        this.fingerprints = fingerprints;
        this.press = press;
        this.headers = headers;
    }

    @GetMapping("/t/{token}/promise.ics")
    ResponseEntity<byte[]> promise(@PathVariable String token) {
        var facts = reader.read(links.tracked(token).orElseThrow(Gone::new));
        if (facts.promises().isEmpty()) {
            throw new Gone();
        }
        return ResponseEntity.ok()
                .headers(headers.ofStream())
                .contentType(TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"promise.ics\"")
                .body(calendar(facts).getBytes(UTF_8));
    }

    private String calendar(Facts facts) {
        var key = facts.order().journeyKey();
        String uid = fingerprints.of("calendar", key.toString()).substring(0, 32) + "@porchlight";
        String summary =
                press.word(facts.locale(), "calendar.summary", facts.brand().name());
        String description = press.word(
                facts.locale(),
                "calendar.description",
                facts.order().orderId(),
                facts.brand().name());
        return write(facts.promises(), facts.asOf(), uid, summary, description);
    }

    static String write(List<Told> promises, Instant now, String uid, String summary, String description) {
        var last = promises.getLast();
        var lines = List.of(
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Porchlight//Promise//EN",
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                // How often a calendar that is subscribed to this address should ask again (RFC 7986, 5.7).
                "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
                "X-PUBLISHED-TTL:PT12H",
                "BEGIN:VEVENT",
                "UID:" + uid,
                "SEQUENCE:" + (promises.size() - 1),
                "DTSTAMP:" + MOMENT.format(now),
                "LAST-MODIFIED:" + MOMENT.format(last.at()),
                "DTSTART;VALUE=DATE:" + DAY.format(last.promise().from()),
                // The end of a day is the day after.
                "DTEND;VALUE=DATE:" + DAY.format(last.promise().to().plusDays(1)),
                "SUMMARY:" + escaped(summary),
                "DESCRIPTION:" + escaped(description),
                "TRANSP:TRANSPARENT",
                "CLASS:PRIVATE",
                "END:VEVENT",
                "END:VCALENDAR");
        var calendar = new StringBuilder();
        lines.forEach(line -> fold(line, calendar));
        return calendar.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n")
                .replaceAll("\\p{Cc}", "");
    }

    /** No line has more than 75 octets, and no character is cut in two. */
    private static void fold(String line, StringBuilder calendar) {
        int octets = 0;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            String character = Character.toString(line.codePointAt(i));
            int more = character.getBytes(UTF_8).length;
            if (octets + more > LONGEST_LINE) {
                calendar.append("\r\n ");
                octets = 1;
            }
            calendar.append(character);
            octets += more;
        }
        calendar.append("\r\n");
    }
}
