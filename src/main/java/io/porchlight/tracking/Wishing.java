package io.porchlight.tracking;

import static java.util.stream.Collectors.toSet;

import io.porchlight.consent.Consent;
import io.porchlight.consent.Consents;
import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.Progress;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.Models;
import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Links;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Wishes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Carries out what customers ask for on their page. */
@Component
class Wishing {

    private final Orders orders;
    private final Journeys journeys;
    private final Models models;
    private final Milestones milestones;
    private final Wishes wishes;
    private final Consents consents;
    private final Farewells farewells;
    private final Links links;

    Wishing(
            Orders orders,
            Journeys journeys,
            Models models,
            Milestones milestones,
            Wishes wishes,
            Consents consents,
            Farewells farewells,
            Links links) {
        this.orders = orders;
        this.journeys = journeys;
        this.models = models;
        this.milestones = milestones;
        this.wishes = wishes;
        this.consents = consents;
        this.farewells = farewells;
        this.links = links;
    }

    /** What can be chosen, and what is chosen. */
    Choices choices(Facts facts, String token, String did) {
        var order = facts.order();
        var key = order.journeyKey();
        var consent = consents.of(order);
        return new Choices(
                token,
                consent.map(Wishing::pace).orElse(Pace.EVERY_STEP),
                consent.filter(known -> known.allows(Topic.OFFERS)).isPresent(),
                facts.gift(),
                facts.wish().deliveryNote(),
                !facts.progress().onItsWay(),
                links.shared(key).map(URI::toString).orElse(""),
                links.preferences(key).getPath(),
                did);
    }

    private static Pace pace(Consent consent) {
        return consent.preferences().wants(Topic.ORDER_UPDATES)
                ? consent.preferences().pace()
                : Pace.PROBLEMS;
    }

    void pace(JourneyKey key, Pace pace) {
        farewells.pace(order(key), pace);
    }

    /** No offers any more, until the customer says otherwise on the preference page; the rest stays as it is. */
    void muteOffers(JourneyKey key) {
        var order = order(key);
        consents.of(order).ifPresent(consent -> {
            var before = consent.preferences();
            var topics = before.topics().stream()
                    .filter(topic -> topic == Topic.ORDER_UPDATES || consent.allows(topic))
                    .filter(topic -> topic != Topic.OFFERS)
                    .collect(toSet());
            farewells.prefer(order, new Preferences(topics, before.channel(), before.pace(), before.pausedUntil()));
        });
    }

    void gift(JourneyKey key, boolean gift) {
        farewells.gift(order(key), gift);
    }

    /**
     * Leaves a word about the porch.
     *
     * @return false when the carrier has the parcel already, and nobody would read it
     */
    @Transactional
    public boolean note(JourneyKey key, String note) {
        var journey = journeys.lock(key).orElseThrow(Gone::new);
        if (order(key).ofNobody()) {
            throw new Gone();
        }
        var model = Optional.ofNullable(journey.travel()).flatMap(models::of);
        if (progress(key, journey, model).onItsWay()) {
            return false;
        }
        wishes.deliveryNote(key, note);
        return true;
    }

    void share(JourneyKey key, boolean share) {
        if (share) {
            links.share(key);
        } else {
            links.unshare(key);
        }
    }

    private Progress progress(JourneyKey key, Journey journey, Optional<JourneyModel> model) {
        return new Progress(model.map(JourneyModel::milestones).orElse(List.of()), milestones.of(key), !journey.open());
    }

    private Order order(JourneyKey key) {
        return orders.find(key).orElseThrow(Gone::new);
    }
}
