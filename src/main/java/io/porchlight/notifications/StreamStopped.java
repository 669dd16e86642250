package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Later;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** While mail servers refuse a brand's letters by policy they wait, rather than making it worse. */
@Component
@Order(46)
class StreamStopped implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return Optional.ofNullable(facts.stop())
                .map(stop -> new Later(
                        stop.until(), "a mail server refuses such letters of the brand for now: " + stop.reason()));
    }
}
