package io.porchlight.notifications;

import io.porchlight.brands.Brands;
import io.porchlight.consent.Consent;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.Models;
import io.porchlight.notifications.Reading.Erased;
import io.porchlight.notifications.Reading.Missing;
import io.porchlight.notifications.Reading.Unsettled;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Links;
import io.porchlight.orders.Links.Purpose;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Orders.Told;
import io.porchlight.orders.Wish;
import io.porchlight.orders.Wishes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads the facts about notifications. */
@Component
class FactsReader {

    private final Orders orders;
    private final Links links;
    private final Journeys journeys;
    private final Milestones milestones;
    private final Models models;
    private final Brands brands;
    private final Addressees addressees;
    private final Wishes wishes;
    private final Streams streams;
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
            Streams streams,
            Clock clock) {
        this.orders = orders;
        this.links = links;
        this.journeys = journeys;
        this.milestones = milestones;
        this.models = models;
        this.brands = brands;
        this.addressees = addressees;
        this.wishes = wishes;
        this.streams = streams;
        this.clock = clock;
    }

    /** To be called in the transaction that claims: what is read holds until that is committed. */
    Readings read(List<Notification> round) {
        return new Readings(round);
    }

    /** The facts about some notifications; whatever they have in common is read once for all of them. */
    final class Readings {

        private final Map<JourneyKey, Order> ordered;
        private final Map<JourneyKey, Journey> travelling;
        private final Map<JourneyKey, Consent> held;
        private final Set<JourneyKey> forgotten;
        private final Map<JourneyKey, List<Milestone>> happened;
        private final Map<JourneyKey, List<Told>> promised;
        private final Map<JourneyKey, Set<Long>> heard;
        private final Map<JourneyKey, Wish> wished;
        private final Links.Known linked;
        private final Streams.Stopped stopped;

        private Readings(List<Notification> round) {
            var keys = round.stream().map(Notification::key).collect(Collectors.toSet());
            ordered = orders.find(keys);
            travelling = journeys.find(keys);
            held = addressees.hold(
                    ordered.values().stream().filter(order -> !order.ofNobody()).toList());
            // From here on nothing changes any more that a customer has a say in.
            forgotten = orders.erased(keys);
            happened = milestones.of(keys);
            promised = orders.promises(keys);
            heard = addressees.heard(keys);
            wished = wishes.of(keys);
            linked = links.of(keys);
            stopped = streams.stopped();
        }

        Reading of(Notification notification) {
            var key = notification.key();
            var order = ordered.get(key);
            if (order != null && order.ofNobody()) {
                return new Erased();
            }
            var brand = brands.find(key.brand());
            var journey = travelling.get(key);
            var model = journey == null || journey.travel() == null
                    ? Optional.<JourneyModel>empty()
                    : models.of(journey.travel());
            if (order == null || brand.isEmpty() || journey == null || model.isEmpty()) {
                return new Missing();
            }
            var consent = held.get(key);
            if (consent == null) {
                return new Unsettled();
            }
            if (forgotten.contains(key)) {
                return new Erased(); // since we read it, and before we held the customer's consent
            }
            boolean choice =
                    model.get().step(notification.step()).filter(Step::choice).isPresent();
            return new Facts(
                    notification,
                    order,
                    brand.get(),
                    model.get(),
                    happened.getOrDefault(key, List.of()),
                    promised.getOrDefault(key, List.of()),
                    addressees.read(notification, order, consent, choice, heard.getOrDefault(key, Set.of())),
                    links(notification),
                    stopped.find(key.brand(), notification.messageClass()),
                    !journey.open(),
                    wished.getOrDefault(key, Wish.NONE).gift(),
                    clock.instant());
        }

        private LetterLinks links(Notification notification) {
            var key = notification.key();
            return new LetterLinks(
                    linked.link(key, Purpose.TRACKING),
                    linked.link(key, Purpose.PREFERENCES),
                    notification.messageClass() == MessageClass.MARKETING
                            ? linked.link(key, Purpose.UNSUBSCRIBE)
                            : null);
        }
    }
}
