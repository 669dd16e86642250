package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Later;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** While a brand asks for silence its letters wait; those that are no longer true then are left out by the other rules. */
@Component
@Order(45)
class BrandSilent implements Rule {

    private static final Duration AGAIN = Duration.ofMinutes(1);

    @Override
    public Optional<Verdict> objection(Facts facts) {
        var since = facts.addressee().consent().brandSilentSince();
        return since == null
                ? Optional.empty()
                : Optional.of(new Later(
                        facts.now().plus(AGAIN),
                        "the brand " + facts.brand().name() + " has sent nothing to anybody since "
                                + facts.moment(since)));
    }
}
