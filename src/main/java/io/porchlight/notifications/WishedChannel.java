package io.porchlight.notifications;

import io.porchlight.consent.Preferences.Channel;
import io.porchlight.ledger.Notification;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Where the model leaves the channel to the customer, news goes out on the one they wish for. The other waits beside it: it
 * is left out once the wished one has gone, and takes its place if that one cannot, so that nobody is left in silence.
 */
@Component
@Order(80)
class WishedChannel implements Rule {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Override
    public Optional<Verdict> objection(Facts facts) {
        var twin = facts.addressee().twin();
        var step = facts.model().step(facts.notification().step()).filter(Step::choice);
        if (twin == null || step.isEmpty()) {
            return Optional.empty();
        }
        var wished =
                wished(step.get(), facts.addressee().consent().preferences().channel());
        return wished.contains(facts.notification().channel()) ? Optional.empty() : beside(twin, facts);
    }

    private static Set<String> wished(Step step, @org.jspecify.annotations.Nullable Channel chosen) {
        if (chosen == null) {
            return step.channels().contains(JourneyModel.BOTH)
                    ? Set.of(Carrier.EMAIL, Carrier.SMS)
                    : Set.of(Carrier.EMAIL);
        }
        return switch (chosen) {
            case EMAIL -> Set.of(Carrier.EMAIL);
            case SMS -> Set.of(Carrier.SMS);
            case BOTH -> Set.of(Carrier.EMAIL, Carrier.SMS);
        };
    }

    private static Optional<Verdict> beside(Notification wished, Facts facts) {
        return switch (wished.state()) {
            case SENT -> Optional.of(new Skip("not wanted: the same news went out " + words(wished)));
            case UNKNOWN -> Optional.of(new Skip("not wanted: the same news may have arrived " + words(wished)));
            case SKIPPED, FAILED -> Optional.empty();
            case PLANNED, CLAIMED, ATTEMPTING ->
                Optional.of(new Later(again(wished, facts), "the same news is about to go out " + words(wished)));
        };
    }

    /** Ever less often, so that many who wait for a provider to come back are not asked again and again. */
    private static Instant again(Notification wished, Facts facts) {
        var half =
                Duration.between(facts.notification().plannedAt(), facts.now()).dividedBy(2);
        var wait = List.of(SHORTEST, half, LONGEST).stream().sorted().toList().get(1);
        var due = wished.dueAt().isAfter(facts.now()) ? wished.dueAt() : facts.now();
        return due.plus(wait);
    }

    private static String words(Notification wished) {
        return wished.channel().equals(Carrier.SMS) ? "as a text" : "by email";
    }
}
