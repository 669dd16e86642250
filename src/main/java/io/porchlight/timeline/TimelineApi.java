package io.porchlight.timeline;

import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Bounces;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.TextStatuses;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Links;
import io.porchlight.orders.NoSuchOrder;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Wishes;
import io.porchlight.timeline.Timeline.JourneyLine;
import io.porchlight.timeline.Timeline.MilestoneLine;
import io.porchlight.timeline.Timeline.NotificationLine;
import io.porchlight.timeline.Timeline.PromiseLine;
import io.porchlight.timeline.Timeline.WishLine;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where one asks how an order is doing. */
@RestController
class TimelineApi {

    private final Orders orders;
    private final Links links;
    private final Journeys journeys;
    private final Milestones milestones;
    private final Ledger ledger;
    private final Bounces bounces;
    private final TextStatuses statuses;
    private final Wishes wishes;

    TimelineApi(
            Orders orders,
            Links links,
            Journeys journeys,
            Milestones milestones,
            Ledger ledger,
            Bounces bounces,
            TextStatuses statuses,
            Wishes wishes) {
        this.orders = orders;
        this.links = links;
        this.journeys = journeys;
        this.milestones = milestones;
        this.ledger = ledger;
        this.bounces = bounces;
        this.statuses = statuses;
        this.wishes = wishes;
    }

    @GetMapping("/api/orders/{brand}/{orderId}")
    Timeline tell(@PathVariable String brand, @PathVariable String orderId, Principal caller) {
        var key = new JourneyKey(brand, orderId);
        return orders.find(key)
                .filter(order -> order.brand().equals(caller.getName()))
                .map(order -> tell(key, order))
                .orElseThrow(() -> new NoSuchOrder(orderId));
    }

    private Timeline tell(JourneyKey key, Order order) {
        return new Timeline(
                key.toString(),
                order,
                order.ofNobody() ? null : links.tracking(key),
                journeys.find(key).map(JourneyLine::of).orElse(null),
                milestones.of(key).stream().map(MilestoneLine::of).toList(),
                ledger.of(key).stream()
                        .map(line -> NotificationLine.of(
                                line,
                                ledger.tries(line.id()),
                                bounces.of(line),
                                line.channel().equals("sms")
                                        ? statuses.of(line.id()).orElse(null)
                                        : null))
                        .toList(),
                PromiseLine.of(orders.promises(key)),
                WishLine.of(wishes.of(key)));
    }
}
