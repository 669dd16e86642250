package io.porchlight.notifications;

import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Who asked for a pause hears of problems only. The other letters about an order wait for its end rather than being
 * dropped: then each is asked again whether it is still true, the old ones are superseded, and the newest news goes out, so
 * that the customer neither stays in silence nor gets a pile. The pause makes no letter stale: it was wished for. An offer two weeks late is no offer: marketing is dropped.
 */
@Component
@Order(50)
class Paused implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        var preferences = facts.addressee().consent().preferences();
        var until = preferences.pausedUntil();
        if (until == null || !preferences.paused(facts.now())) {
            return Optional.empty();
        }
        if (facts.notification().messageClass() == MessageClass.MARKETING) {
            return Optional.of(new Skip("paused: the customer asked us to be quiet until " + facts.moment(until)));
        }
        return News.of(facts) == News.PROBLEM
                ? Optional.empty()
                : Optional.of(new Later(until, "the customer asked us to be quiet until " + facts.moment(until), true));
    }
}
