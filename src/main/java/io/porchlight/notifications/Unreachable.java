package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Who gave no address on this channel hears nothing on it. */
@Component
@Order(10)
class Unreachable implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return facts.order().customer().email() == null
                ? Optional.of(new Skip("unreachable: the order came without an email address"))
                : Optional.empty();
    }
}
