package io.porchlight.notifications;

import io.porchlight.notifications.Verdict.Skip;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Who gave no mobile number, never agreed to texts, or answered STOP, gets no text. */
@Component
@Order(11)
class NoTexts implements Rule {

    private final ByText byText;

    NoTexts(ByText byText) {
        this.byText = byText;
    }

    @Override
    public Optional<Verdict> objection(Facts facts) {
        return facts.notification().channel().equals(Carrier.SMS)
                ? byText.obstacle(facts).map(Skip::new)
                : Optional.empty();
    }
}
