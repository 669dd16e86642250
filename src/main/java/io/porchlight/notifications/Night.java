package io.porchlight.notifications;

import io.porchlight.brands.Brand.QuietHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Quiet hours in one zone. Where clocks are put forward over a border of them, the border is the first moment that exists;
 * where they are put back and it comes twice, the night begins with the first and ends with the second.
 */
record Night(QuietHours hours, ZoneId zone) {

    /** When the night ends that this moment lies in; empty by day. */
    Optional<Instant> endOf(Instant moment) {
        var today = LocalDate.ofInstant(moment, zone);
        return Stream.of(today.minusDays(1), today)
                .filter(evening -> !moment.isBefore(begins(evening)) && moment.isBefore(ends(evening)))
                .map(this::ends)
                .findFirst();
    }

    /** When the day begins on a date: the end of the night before it. */
    Instant dawn(LocalDate date) {
        var end = hours.to();
        return at(date.atTime(end), false);
    }

    private Instant begins(LocalDate evening) {
        return at(evening.atTime(hours.from()), true);
    }

    private Instant ends(LocalDate evening) {
        boolean sameDay = !hours.to().isBefore(hours.from());
        return at((sameDay ? evening : evening.plusDays(1)).atTime(hours.to()), false);
    }

    private Instant at(LocalDateTime local, boolean earlier) {
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            return rules.getTransition(local).getInstant();
        }
        ZoneOffset offset = earlier ? offsets.getFirst() : offsets.getLast();
        return local.toInstant(offset);
    }
}
