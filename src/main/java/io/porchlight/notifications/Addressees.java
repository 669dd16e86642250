package io.porchlight.notifications;

import io.porchlight.consent.Consent;
import io.porchlight.consent.Consents;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Tally;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads what customers agreed to and have heard, and holds it until the claim is committed. */
@Component
class Addressees {

    private static final Duration WEEK = Duration.ofDays(7);

    private final Consents consents;
    private final Tally tally;
    private final Orders orders;
    private final Clock clock;

    Addressees(Consents consents, Tally tally, Orders orders, Clock clock) {
        this.consents = consents;
        this.tally = tally;
        this.orders = orders;
        this.clock = clock;
    }

    /** What is being changed just now is missing. */
    Map<JourneyKey, Consent> hold(Collection<Order> some) {
        return consents.claim(some);
    }

    /** Which notifications there were about each of these orders. */
    Map<JourneyKey, Set<Long>> heard(Set<JourneyKey> keys) {
        return tally.heard(keys);
    }

    /**
     * What counts for this notification.
     *
     * @param choice whether the model leaves the channel to the customer
     * @param heard which notifications there were about its order
     */
    Addressee read(Notification notification, Order order, Consent consent, boolean choice, Set<Long> heard) {
        return new Addressee(
                consent,
                choice ? tally.twin(notification).orElse(null) : null,
                heard.size() - (heard.contains(notification.id()) ? 1 : 0),
                marketing(notification, order));
    }

    private List<Instant> marketing(Notification notification, Order order) {
        return notification.messageClass() == MessageClass.MARKETING
                ? tally.otherMarketing(
                        notification,
                        orders.of(order.customerKey()),
                        clock.instant().minus(WEEK))
                : List.of();
    }
}
