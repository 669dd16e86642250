package io.porchlight.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.porchlight.consent.Consent;
import io.porchlight.consent.ConsentEntry;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.EarlierTry;
import io.porchlight.ledger.Notification;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import io.porchlight.orders.Wish;
import java.net.URI;
import java.util.List;

/**
 * Everything we hold about one person, as one document (GDPR, articles 15 and 20).
 *
 * @param consent what they agreed to, as it stands, and what is known against their addresses
 * @param consentHistory everything that was said about it, oldest first
 */
record PersonalFile(
        String brand,
        String customerId,
        List<OrderFile> orders,
        List<Consent> consent,
        List<ConsentEntry> consentHistory) {

    /** Everything about one order. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderFile(
            Order order,
            URI trackingUrl,
            Wish wish,
            List<Told> promises,
            List<Milestone> milestones,
            List<NotificationFile> notifications) {}

    /** One notification, the tries before the one that counts, and what came back. */
    record NotificationFile(Notification notification, List<EarlierTry> earlierTries, List<Bounce> bounces) {}
}
