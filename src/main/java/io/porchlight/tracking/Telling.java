package io.porchlight.tracking;

import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.State;
import io.porchlight.orders.Plain;
import io.porchlight.tracking.Page.Arrival;
import io.porchlight.tracking.Page.Certainty;
import io.porchlight.tracking.Page.Item;
import io.porchlight.tracking.Page.Letter;
import io.porchlight.tracking.Page.Next;
import io.porchlight.tracking.Page.Said;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the facts about an order as a page: only what is known, and that the rest is not. */
@Component
class Telling {

    private static final int ITEMS_SHOWN = 12;

    private final Attachments attachments;

    Telling(Attachments attachments) {
        this.attachments = attachments;
    }

    Page of(Facts facts) {
        var days = Days.of(facts);
        var plot = new Plot(facts, days, attachments);
        var parcels = new Parcels(facts, plot, attachments);
        var items = items(facts);
        return new Page(
                facts.locale().getLanguage(),
                Languages.direction(facts.locale()),
                facts.order().orderId(),
                days.known(facts.order().placedAt()),
                plot.chapters(),
                plot.latest()
                        .map(latest -> plot.event(latest, parcels.numberOf(latest)))
                        .orElse(null),
                plot.next()
                        .map(next -> new Next(next, facts.order().customer().email() != null && plot.nextIsTold()))
                        .orElse(null),
                plot.complete(),
                arrival(facts, days, plot),
                parcels.all(),
                letters(facts, days),
                items,
                facts.gift() ? 0 : facts.order().lines().size() - items.size(),
                facts.gift(),
                days.zoneName());
    }

    private static Arrival arrival(Facts facts, Days days, Plot plot) {
        var said = facts.promises();
        var window = said.isEmpty() ? "" : days.window(said.getLast().promise());
        var until = said.isEmpty() ? "" : days.day(said.getLast().promise().to());
        var history = said.size() < 2
                ? List.<Said>of()
                : said.stream()
                        // The last word is the reason, once the history of promises holds one; a gift's tells nothing.
                        .map(told -> new Said(days.window(told.promise()), days.day(days.local(told.at())), ""))
                        .toList();
        return new Arrival(
                certainty(facts, days, plot),
                window,
                until,
                plot.complete() ? days.moment(plot.reachedAt()) : null,
                history);
    }

    private static Certainty certainty(Facts facts, Days days, Plot plot) {
        if (plot.complete()) {
            return Certainty.ARRIVED;
        }
        if (facts.promises().isEmpty()) {
            return Certainty.UNKNOWN;
        }
        var to = facts.promises().getLast().promise().to();
        return to.isBefore(days.today()) ? Certainty.PASSED : Certainty.PROMISED;
    }

    private static List<Letter> letters(Facts facts, Days days) {
        return facts.notifications().stream()
                .filter(letter -> letter.state() == State.SENT || letter.state() == State.UNKNOWN)
                .map(letter -> letter(letter, days, facts.gift()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Letter letter(Notification letter, Days days, boolean gift) {
        var at = letter.settledAt();
        return at == null
                ? null
                : new Letter(gift ? "" : Plain.text(letter.subject()), days.known(at), letter.state() == State.SENT);
    }

    private static List<Item> items(Facts facts) {
        return facts.order().lines().stream()
                .limit(facts.gift() ? 0 : ITEMS_SHOWN)
                .map(line -> new Item(Plain.text(line.name()), line.quantity()))
                .toList();
    }
}
