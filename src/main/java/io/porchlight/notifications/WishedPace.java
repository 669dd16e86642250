package io.porchlight.notifications;

import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Who wants only big news is not told each step. Who wants no order updates at all still hears of problems and gets the
 * confirmation: they must know.
 */
@Component
@Order(40)
class WishedPace implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        if (facts.notification().messageClass() != MessageClass.TRANSACTIONAL) {
            return Optional.empty();
        }
        var wanted = wanted(facts.addressee().consent().preferences());
        return News.of(facts).compareTo(wanted) >= 0
                ? Optional.empty()
                : Optional.of(new Skip("not wanted: the customer asked to hear of "
                        + (wanted == News.BIG ? "big news" : "problems") + " only, and this was none"));
    }

    private static News wanted(Preferences preferences) {
        if (!preferences.wants(Topic.ORDER_UPDATES) || preferences.pace() == Pace.PROBLEMS) {
            return News.PROBLEM;
        }
        return preferences.pace() == Pace.BIG_NEWS ? News.BIG : News.STEP;
    }
}
