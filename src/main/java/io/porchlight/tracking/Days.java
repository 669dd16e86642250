package io.porchlight.tracking;

import static java.time.temporal.ChronoUnit.DAYS;

import io.porchlight.orders.Order.Promise;
import io.porchlight.tracking.Page.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes days and times as the customer does, in their zone. */
record Days(Locale locale, ZoneId zone, LocalDate today) {

    /** From this distance on a day without its year could be misunderstood. */
    private static final long FAR = 300;

    static Days of(Facts facts) {
        return new Days(facts.locale(), facts.zone(), LocalDate.ofInstant(facts.asOf(), facts.zone()));
    }

    /** A moment; absent when it is not known. */
    @Nullable
    Moment moment(@Nullable Instant at) {
        return at == null ? null : known(at);
    }

    Moment known(Instant at) {
        var local = at.atZone(zone);
        return new Moment(
                day(local.toLocalDate()),
                DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(local),
                at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    }

    String day(LocalDate day) {
        return written(day, Math.abs(DAYS.between(today, day)) < FAR ? "MMMMd" : "yMMMMd");
    }

    String window(Promise promise) {
        return promise.from().equals(promise.to())
                ? day(promise.to())
                : day(promise.from()) + " – " + day(promise.to());
    }

    LocalDate local(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    /** What the customer calls their zone. */
    String zoneName() {
        return zone.getDisplayName(TextStyle.FULL, locale);
    }

    private String written(TemporalAccessor day, String skeleton) {
        // A day does not break over two lines.
        return DateTimeFormatter.ofLocalizedPattern(skeleton)
                .withLocale(locale)
                .format(day)
                .replace(' ', '\u00A0');
    }
}
