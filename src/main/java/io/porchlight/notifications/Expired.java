package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What was true once is not sent when it is no longer. */
@Component
@Order(30)
class Expired implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        var until = facts.notification().validUntil();
        return until != null && facts.now().isAfter(until)
                ? Optional.of(new Skip(
                        "expired: it was true only until " + facts.moment(until) + " and could not go out before"))
                : Optional.empty();
    }
}
