package io.porchlight.tracking;

import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.ledger.Notification;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything a page tells about one order, read at one moment.
 *
 * @param model the story; empty until the journey is chosen
 * @param ended whether the story is over
 */
record Facts(
        Order order,
        Brand brand,
        Optional<JourneyModel> model,
        boolean ended,
        List<Milestone> milestones,
        List<Told> promises,
        List<Notification> notifications,
        Instant asOf) {

    /** The customer's language and region, if the page has that language; else the brand's, else English. */
    Locale locale() {
        return order.customer()
                .language()
                .filter(Languages::has)
                .or(() -> Optional.of(brand.languages().getFirst()).filter(Languages::has))
                .orElse(Locale.ENGLISH);
    }

    /** The customer's zone, else the brand's. */
    ZoneId zone() {
        return order.zone().orElse(brand.timeZone());
    }

    Words words(Words own) {
        return model.map(known -> known.in(locale(), own)).orElse(own);
    }
}
