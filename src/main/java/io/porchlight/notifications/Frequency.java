package io.porchlight.notifications;

import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.notifications.Verdict.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Nobody gets too much marketing: what is too much waits until it is not, over all orders of a customer together. */
@Component
@Order(60)
class Frequency implements Rule {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final ConsentSettings settings;

    Frequency(ConsentSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Verdict> objection(Facts facts) {
        if (facts.notification().messageClass() != MessageClass.MARKETING) {
            return Optional.empty();
        }
        var day = free(facts, settings.marketingPerDay(), DAY);
        var week = free(facts, settings.marketingPerWeek(), WEEK);
        var at = week.isAfter(day) ? week : day;
        return at.isAfter(facts.now())
                ? Optional.of(new Later(
                        at,
                        "the customer has had as much from us as one may get in a "
                                + (at.equals(week) ? "week" : "day")))
                : Optional.empty();
    }

    /** When there is room for one more: as soon as the n-th last is over a day, or a week, ago. */
    private static Instant free(Facts facts, int most, Duration window) {
        List<Instant> recent = facts.addressee().marketing().stream()
                .filter(at -> at.plus(window).isAfter(facts.now()))
                .toList();
        return recent.size() < most
                ? facts.now()
                : recent.get(recent.size() - most).plus(window);
    }
}
