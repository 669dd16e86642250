package io.porchlight.tracking;

import io.porchlight.brands.Brands;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Ledger;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what a page tells, all of it from the same moment. */
@Component
class FactsReader {

    private final Orders orders;
    private final Journeys journeys;
    private final Models models;
    private final Milestones milestones;
    private final Ledger ledger;
    private final Brands brands;
    private final Clock clock;

    FactsReader(
            Orders orders,
            Journeys journeys,
            Models models,
            Milestones milestones,
            Ledger ledger,
            Brands brands,
            Clock clock) {
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.milestones = milestones;
        this.ledger = ledger;
        this.brands = brands;
        this.clock = clock;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Facts read(JourneyKey key) {
        var order = orders.find(key).orElseThrow();
        var journey = journeys.find(key);
        return new Facts(
                order,
                brands.get(key.brand()),
                journey.flatMap(known -> Optional.ofNullable(known.travel())).flatMap(models::of),
                !journey.map(Journey::open).orElse(true),
                milestones.of(key),
                orders.promises(key),
                ledger.of(key),
                clock.instant());
    }
}
