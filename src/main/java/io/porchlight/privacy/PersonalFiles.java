package io.porchlight.privacy;

import io.porchlight.consent.Consents;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Bounces;
import io.porchlight.ledger.Ledger;
import io.porchlight.orders.CustomerKey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Links;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Wishes;
import io.porchlight.privacy.PersonalFile.NotificationFile;
import io.porchlight.privacy.PersonalFile.OrderFile;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Collects what we hold about a person. */
@Component
class PersonalFiles {

    private final Orders orders;
    private final Links links;
    private final Wishes wishes;
    private final Milestones milestones;
    private final Ledger ledger;
    private final Bounces bounces;
    private final Consents consents;

    PersonalFiles(
            Orders orders,
            Links links,
            Wishes wishes,
            Milestones milestones,
            Ledger ledger,
            Bounces bounces,
            Consents consents) {
        this.orders = orders;
        this.links = links;
        this.wishes = wishes;
        this.milestones = milestones;
        this.ledger = ledger;
        this.bounces = bounces;
        this.consents = consents;
    }

    /** Empty when nothing is known of such a customer. */
    Optional<PersonalFile> find(CustomerKey customer) {
        var known = orders.of(customer).stream()
                .flatMap(key -> orders.find(key).stream())
                .filter(order -> !order.ofNobody())
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(file(customer, known));
    }

    private PersonalFile file(CustomerKey customer, List<Order> known) {
        return new PersonalFile(
                customer.brand(),
                customer.customerId(),
                known.stream().map(order -> file(order.journeyKey(), order)).toList(),
                known.stream()
                        .flatMap(order -> consents.of(order).stream())
                        .distinct()
                        .toList(),
                consents.history(customer));
    }

    private OrderFile file(JourneyKey key, Order order) {
        return new OrderFile(
                order,
                links.tracking(key),
                wishes.of(key),
                orders.promises(key),
                milestones.of(key),
                ledger.of(key).stream()
                        .map(notification -> new NotificationFile(
                                notification, ledger.tries(notification.id()), bounces.of(notification)))
                        .toList());
    }
}
