package io.porchlight.notifications;

import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Progress;
import io.porchlight.ledger.Notification;
import io.porchlight.models.JourneyModel;
import io.porchlight.notifications.Streams.Stop;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one notification, read in the transaction that claims it: the gate and the letter see the same.
 *
 * @param stop why letters like it wait for now; absent when they do not
 * @param ended whether the journey is over
 * @param gift whether somebody may read along who must not learn what is in the parcel
 */
record Facts(
        Notification notification,
        Order order,
        Brand brand,
        JourneyModel model,
        List<Milestone> milestones,
        List<Told> promises,
        Addressee addressee,
        LetterLinks links,
        @Nullable Stop stop,
        boolean ended,
        boolean gift,
        Instant now)
        implements Reading {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.UK);

    /** How far the order has come. */
    Progress progress() {
        return new Progress(model.milestones(), milestones, ended);
    }

    /** The template that its letter is written by: for a gift one that tells that there is news, and not what of. */
    String template() {
        return gift && !notification.template().startsWith("letters/") ? "letters/gift" : notification.template();
    }

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
