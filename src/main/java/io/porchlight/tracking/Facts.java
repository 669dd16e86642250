package io.porchlight.tracking;

import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Progress;
import io.porchlight.ledger.Notification;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import io.porchlight.orders.Wish;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a page tells about one order, read at one moment.
 *
 * @param model the story; empty until the journey is chosen
 * @param ended whether the story is over
 * @param wish what the customer asked for
 * @param expected about when the next steps will happen, by their milestones; those that nobody can tell are not in it
 */
record Facts(
        Order order,
        Brand brand,
        Optional<JourneyModel> model,
        boolean ended,
        List<Milestone> milestones,
        List<Told> promises,
        List<Notification> notifications,
        Wish wish,
        Map<String, Instant> expected,
        Instant asOf) {

    /** How far the order has come. */
    Progress progress() {
        return new Progress(model.map(JourneyModel::milestones).orElse(List.of()), milestones, ended);
    }

    /** Whether somebody may be looking who must not learn what is in it. */
    boolean gift() {
        return wish.gift();
    }

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

    /** What the model says about an element, in the customer's language; nothing when it would give a gift away. */
    Words words(Words own) {
        return gift() ? new Words(own.elementId(), "", "") : inTheirLanguage(own);
    }

    private Words inTheirLanguage(Words own) {
        return model.map(known -> known.in(locale(), own)).orElse(own);
    }
}
