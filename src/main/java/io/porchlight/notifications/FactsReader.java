package io.porchlight.notifications;

import io.porchlight.brands.Brands;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Notification;
import io.porchlight.models.Models;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Links;
import io.porchlight.orders.Orders;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the facts about a notification. */
@Component
class FactsReader {

    private final Orders orders;
    private final Links links;
    private final Journeys journeys;
    private final Milestones milestones;
    private final Models models;
    private final Brands brands;
    private final Clock clock;

    FactsReader(
            Orders orders,
            Links links,
            Journeys journeys,
            Milestones milestones,
            Models models,
            Brands brands,
            Clock clock) {
        this.orders = orders;
        this.links = links;
        this.journeys = journeys;
        this.milestones = milestones;
        this.models = models;
        this.brands = brands;
        this.clock = clock;
    }

    Optional<Facts> read(Notification notification) {
        var key = notification.key();
        var order = orders.find(key);
        var brand = brands.find(key.brand());
        var model = journeys.find(key)
                .flatMap(journey -> Optional.ofNullable(journey.travel()))
                .flatMap(models::of);
        if (order.isEmpty() || brand.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Facts(
                notification,
                order.get(),
                brand.get(),
                model.get(),
                milestones.of(key),
                orders.promises(key),
                links.tracking(key),
                clock.instant()));
    }
}
