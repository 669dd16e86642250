package io.porchlight.notifications;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What a step says about until when its letter is true, beside its age: the day, the promise, or peace. */
@Component
@Order(31)
class NoLongerTrue implements Rule {

    /** When a day is over for whoever waits for a parcel. */
    private static final LocalTime EVENING = LocalTime.of(21, 0);

    private static final Set<String> COMING_BACK = Set.of("return-requested", "returning", "returned");
    private static final String COMPLAINT = "complaint-opened";
    private static final String PEACE = "complaint-closed";

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return facts.step().map(Step::validUntil).flatMap(until -> switch (until) {
            case EVENING -> evening(facts);
            case PROMISE_CHANGES -> promise(facts);
            case RETURN_OR_COMPLAINT -> trouble(facts);
        });
    }

    private static Optional<Verdict> evening(Facts facts) {
        var happened = facts.milestone()
                .map(Milestone::occurredAt)
                .orElse(facts.notification().plannedAt());
        var day = LocalDate.ofInstant(happened, facts.zone());
        var end = day.atTime(EVENING).atZone(facts.zone()).toInstant();
        return facts.now().isBefore(end)
                ? Optional.empty()
                : skip("expired: it was true only until the evening of " + facts.day(happened)
                        + " and could not go out before");
    }

    private static Optional<Verdict> promise(Facts facts) {
        return facts.promises().stream()
                .filter(told -> told.at().isAfter(facts.notification().plannedAt()))
                .findFirst()
                .flatMap(newer -> skip("expired: another date was promised on " + facts.day(newer.at())));
    }

    private static Optional<Verdict> trouble(Facts facts) {
        var back = facts.milestones().stream()
                .filter(milestone -> COMING_BACK.contains(milestone.name()))
                .findFirst();
        if (back.isPresent()) {
            return skip(
                    "out of place: the order is coming back (\"" + back.get().name() + "\")");
        }
        return last(facts, COMPLAINT)
                .filter(opened -> last(facts, PEACE)
                        .filter(closed -> !closed.isBefore(opened))
                        .isEmpty())
                .flatMap(opened -> skip("out of place: the customer has an open complaint since " + facts.day(opened)));
    }

    private static Optional<Instant> last(Facts facts, String name) {
        return facts.milestones().stream()
                .filter(milestone -> milestone.name().equals(name))
                .map(milestone -> milestone.occurredAt() == null ? milestone.receivedAt() : milestone.occurredAt())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Verdict> skip(String reason) {
        return Optional.of(new Skip(reason));
    }
}
