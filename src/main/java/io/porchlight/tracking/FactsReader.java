package io.porchlight.tracking;

import io.porchlight.brands.Brands;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.Progress;
import io.porchlight.ledger.Ledger;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Wishes;
import java.time.Clock;
import java.util.Map;
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
    private final Wishes wishes;
    private final Expectations expectations;
    private final Brands brands;
    private final Clock clock;

    FactsReader(
            Orders orders,
            Journeys journeys,
            Models models,
            Milestones milestones,
            Ledger ledger,
            Wishes wishes,
            Expectations expectations,
            Brands brands,
            Clock clock) {
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.milestones = milestones;
        this.ledger = ledger;
        this.wishes = wishes;
        this.expectations = expectations;
        this.brands = brands;
        this.clock = clock;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Facts read(JourneyKey key) {
        var order = orders.find(key).orElseThrow();
        var journey = journeys.find(key);
        var model =
                journey.flatMap(known -> Optional.ofNullable(known.travel())).flatMap(models::of);
        boolean ended = !journey.map(Journey::open).orElse(true);
        var happened = milestones.of(key);
        var now = clock.instant();
        return new Facts(
                order,
                brands.get(key.brand()),
                model,
                ended,
                happened,
                orders.promises(key),
                ledger.of(key),
                wishes.of(key),
                model.map(known -> expectations.of(
                                order, known.processId(), new Progress(known.milestones(), happened, ended), now))
                        .orElse(Map.of()),
                now);
    }
}
