package io.porchlight.notifications;

import io.porchlight.ledger.Notification.MessageClass;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters of a brand that wait because a mail server refused one of them by policy. The written rule: when it is about who
 * sends, all of the brand's letters wait; else only its marketing does, so that one strict server cannot silence news about
 * orders. Other brands flow on.
 */
@Component
class Streams {

    /** That a brand's letters of one class wait. */
    record Stop(Instant until, String reason) {}

    /** A brand's letters of one class. */
    private record Stream(String brand, MessageClass messageClass) {}

    /** What waits, and why. */
    static final class Stopped {

        private final Map<Stream, Stop> stops;

        private Stopped(Map<Stream, Stop> stops) {
            this.stops = stops;
        }

        /** Why a brand's letters of this class wait; absent when they do not. */
        @Nullable
        Stop find(String brand, MessageClass messageClass) {
            return stops.get(new Stream(brand, messageClass));
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Streams.class);
    private static final int LONGEST_REASON = 1000;

    private final JdbcClient jdbc;
    private final ReturnSettings settings;
    private final Clock clock;

    Streams(JdbcClient jdbc, ReturnSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Stops what the refusal is about, and raises the alarm. */
    @Transactional
    Instant stop(String brand, Diagnosis refusal) {
        var until = clock.instant().plus(settings.hold());
        Collection<MessageClass> classes =
                refusal.aboutTheSender() ? EnumSet.allOf(MessageClass.class) : EnumSet.of(MessageClass.MARKETING);
        classes.forEach(one -> stop(brand, one, new Stop(until, refusal.text())));
        log.error(
                "ALARM: a mail server refuses letters of {} by policy ({}); {} wait until {}. This is about our sending,"
                        + " not about the address: check SPF, DKIM, DMARC and the letters' content",
                brand,
                refusal.text(),
                refusal.aboutTheSender() ? "all its letters" : "its marketing letters",
                until);
        return until;
    }

    /** Everything that waits at the moment, which is seldom more than nothing. */
    Stopped stopped() {
        var stops = new HashMap<Stream, Stop>();
        jdbc.sql("select brand, message_class, until_at, reason from stopped_stream where until_at > :now")
                .param("now", Timestamp.from(clock.instant()))
                .query(row -> {
                    stops.put(
                            new Stream(row.getString("brand"), MessageClass.valueOf(row.getString("message_class"))),
                            new Stop(row.getTimestamp("until_at").toInstant(), row.getString("reason")));
                });
        return new Stopped(stops);
    }

    private void stop(String brand, MessageClass messageClass, Stop stop) {
        String reason = stop.reason();
        for (var sql : new String[] {
            "insert into stopped_stream (brand, message_class, until_at, reason)"
                    + " values (:brand, :class, :until, :reason) on conflict do nothing",
            "update stopped_stream set until_at = :until, reason = :reason"
                    + " where brand = :brand and message_class = :class and until_at < :until"
        }) {
            jdbc.sql(sql)
                    .param("brand", brand)
                    .param("class", messageClass.name())
                    .param("until", Timestamp.from(stop.until()))
                    .param("reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)))
                    .update();
        }
    }
}
