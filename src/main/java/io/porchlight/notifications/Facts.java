package io.porchlight.notifications;

import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.ledger.Notification;
import io.porchlight.models.JourneyModel;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything known about one notification, read in the transaction that claims it: the gate and the letter see the same. */
record Facts(
        Notification notification,
        Order order,
        Brand brand,
        JourneyModel model,
        List<Milestone> milestones,
        List<Told> promises,
        Addressee addressee,
        LetterLinks links,
        Instant now)
        implements Reading {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.UK);

    /** The milestone that the notification tells about, if it tells about one. */
    Optional<Milestone> milestone() {
        return milestones.stream()
                .filter(milestone -> milestone.name().equals(notification.milestone())
                        && milestone.parcel().equals(notification.occurrence().parcel())
                        && milestone.occurrence() == notification.occurrence().number())
                .findFirst();
    }

    /** The language and region that the customer reads. */
    Locale locale() {
        var wanted = order.customer().language();
        var language = brand.languageFor(wanted.orElse(Locale.ROOT));
        return wanted.filter(locale -> locale.getLanguage().equals(language.getLanguage()))
                .orElse(language);
    }

    /** A day as people say it, where the customer is. */
    String day(Instant at) {
        return DAY.format(at.atZone(zone()));
    }

    /** A moment as people say it, where the customer is. */
    String moment(Instant at) {
        return MOMENT.format(at.atZone(zone()));
    }

    /** What the model says about the step that asked for it; empty for a letter that no model asked for. */
    Optional<JourneyModel.Step> step() {
        return model.step(notification.step());
    }

    /** The customer's zone, else the brand's. */
    ZoneId zone() {
        return order.zone().orElse(brand.timeZone());
    }
}
