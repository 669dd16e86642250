package io.porchlight.notifications;

import static java.util.Objects.requireNonNull;

import io.porchlight.brands.Brands;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.Models;
import io.porchlight.notifications.Reading.Erased;
import io.porchlight.notifications.Reading.Missing;
import io.porchlight.notifications.Reading.Unsettled;
import io.porchlight.orders.Journey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Links;
import io.porchlight.orders.Links.Purpose;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Wishes;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the facts about a notification. */
@Component
class FactsReader {

    private static final Set<Purpose> OF_NEWS = Set.of(Purpose.TRACKING, Purpose.PREFERENCES);
    private static final Set<Purpose> OF_MARKETING = Set.of(Purpose.TRACKING, Purpose.PREFERENCES, Purpose.UNSUBSCRIBE);

    private final Orders orders;
    private final Links links;
    private final Journeys journeys;
    private final Milestones milestones;
    private final Models models;
    private final Brands brands;
    private final Addressees addressees;
    private final Wishes wishes;
    private final Clock clock;

    FactsReader(
            Orders orders,
            Links links,
            Journeys journeys,
            Milestones milestones,
            Models models,
            Brands brands,
            Addressees addressees,
            Wishes wishes,
            Clock clock) {
        this.orders = orders;
        this.links = links;
        this.journeys = journeys;
        this.milestones = milestones;
        this.models = models;
        this.brands = brands;
        this.addressees = addressees;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** To be called in the transaction that claims: what is read holds until that is committed. */
    Reading read(Notification notification) {
        var order = orders.find(notification.key());
        if (order.filter(Order::ofNobody).isPresent()) {
            return new Erased();
        }
        var brand = brands.find(notification.key().brand());
        var journey = journeys.find(notification.key());
        var model =
                journey.flatMap(known -> Optional.ofNullable(known.travel())).flatMap(models::of);
        if (order.isEmpty() || brand.isEmpty() || model.isEmpty()) {
            return new Missing();
        }
        boolean choice =
                model.get().step(notification.step()).filter(Step::choice).isPresent();
        var addressee = addressees.hold(notification, order.get(), choice);
        if (addressee.isEmpty()) {
            return new Unsettled();
        }
        if (orders.erased(notification.key())) {
            return new Erased(); // since we read it, and before we held the customer's consent
        }
        return new Facts(
                notification,
                order.get(),
                brand.get(),
                model.get(),
                milestones.of(notification.key()),
                orders.promises(notification.key()),
                addressee.get(),
                links(notification),
                !journey.map(Journey::open).orElse(true),
                wishes.of(notification.key()).gift(),
                clock.instant());
    }

    private LetterLinks links(Notification notification) {
        boolean marketing = notification.messageClass() == MessageClass.MARKETING;
        var known = links.all(notification.key(), marketing ? OF_MARKETING : OF_NEWS);
        return new LetterLinks(
                requireNonNull(known.get(Purpose.TRACKING)),
                requireNonNull(known.get(Purpose.PREFERENCES)),
                marketing ? known.get(Purpose.UNSUBSCRIBE) : null);
    }
}
