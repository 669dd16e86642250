package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Who gave no email address gets no email. */
@Component
@Order(10)
class Unreachable implements Rule {

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return facts.notification().channel().equals(Carrier.EMAIL)
                        && facts.order().customer().email() == null
                ? Optional.of(new Skip("unreachable: the order came without an email address"))
                : Optional.empty();
    }
}
