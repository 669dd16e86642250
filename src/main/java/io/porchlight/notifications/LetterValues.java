package io.porchlight.notifications;

import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.CarrierLinks;
import io.porchlight.fulfillment.Progress;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import io.porchlight.orders.Plain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Prepares the values that a template may name: text, ready to print, in the customer's language and zone. If the order is a
 * gift, all that could tell what is in it is left empty: items, notes, and the model's words about its steps.
 */
@Component
class LetterValues {

    private static final int LINES_SHOWN = 12;

    /** What even a gift's letter may say; {@code letter.properties} has a word for each. */
    private static final Set<String> PLAIN = Set.of("shipped", "delivered");

    private final CarrierLinks carriers;

    LetterValues(CarrierLinks carriers) {
        this.carriers = carriers;
    }

    Map<String, Object> of(Facts facts) {
        return Map.of(
                "lang", facts.locale().getLanguage(),
                "brand", brand(facts.brand()),
                "customer", customer(facts.order().customer()),
                "order", order(facts),
                "promise", promise(facts),
                "progress", progress(facts),
                "milestone", milestone(facts),
                "links", links(facts.links()));
    }

    private static Map<String, Object> links(LetterLinks links) {
        return Map.of(
                "order", links.order().toString(),
                "preferences", links.preferences().toString(),
                "unsubscribe",
                        links.unsubscribe() == null ? "" : links.unsubscribe().toString());
    }

    private static Map<String, Object> brand(Brand brand) {
        var colours = brand.colours();
        return Map.of(
                "id", brand.id(),
                "name", brand.name(),
                "tagline", brand.tagline(),
                "homepage", brand.homepage().toString(),
                "email", brand.replyTo(),
                "address", brand.address(),
                "colours",
                        Map.of(
                                "ink", colours.ink(),
                                "paper", colours.paper(),
                                "accent", colours.accent(),
                                "onAccent", colours.onAccent(),
                                "muted", colours.muted(),
                                "line", colours.line()),
                "fonts",
                        Map.of(
                                "heading",
                                brand.fonts().heading(),
                                "body",
                                brand.fonts().body()));
    }

    private static Map<String, Object> customer(Order.Customer customer) {
        String name = Plain.text(customer.name());
        return Map.of("name", name, "firstName", name.split(" ", 2)[0]);
    }

    private static Map<String, Object> order(Facts facts) {
        var order = facts.order();
        var lines = order.lines().stream()
                .limit(facts.gift() ? 0 : LINES_SHOWN)
                .map(line -> Map.of(
                        "name",
                        Plain.text(line.name()),
                        "sku",
                        Plain.text(line.sku()),
                        "quantity",
                        String.valueOf(line.quantity())))
                .toList();
        int more = order.lines().size() - lines.size();
        return Map.of(
                "id",
                order.orderId(),
                "placedOn",
                longDay(facts, order.placedAt()),
                "lines",
                lines,
                "moreLines",
                more > 0 && !facts.gift() ? String.valueOf(more) : "",
                "gift",
                facts.gift());
    }

    private static Map<String, Object> promise(Facts facts) {
        if (facts.promises().isEmpty()) {
            return Map.of("known", false, "window", "");
        }
        Told told = facts.promises().getLast();
        var from = told.promise().from();
        var to = told.promise().to();
        if (to.isBefore(LocalDate.ofInstant(facts.now(), facts.zone()))) {
            return Map.of("known", false, "window", "");
        }
        String window = from.equals(to)
                ? day(from, "MMMMd", facts.locale())
                : day(from, "MMMMd", facts.locale()) + " – " + day(to, "MMMMd", facts.locale());
        return Map.of("known", true, "window", window);
    }

    /** The story as the model tells it: what is known to have happened, what comes next, and the rest. */
    private static List<Map<String, String>> progress(Facts facts) {
        var progress = facts.progress();
        var story = new ArrayList<Map<String, String>>();
        story.add(Map.of(
                "label", words(facts, facts.model().confirmation()).label(),
                "state", "done",
                "on", shortDay(facts, facts.order().placedAt())));
        for (var step : progress.steps()) {
            story.add(Map.of(
                    "label", words(facts, step.words()).label(),
                    "state", progress.done(step) ? "done" : progress.isNext(step) ? "now" : "next",
                    "on", happened(facts, progress, step.name())));
        }
        return List.copyOf(story);
    }

    private static String happened(Facts facts, Progress progress, String name) {
        return progress.recorded(name)
                .map(progress::when)
                .map(at -> shortDay(facts, at))
                .orElse("");
    }

    private Map<String, Object> milestone(Facts facts) {
        var model = facts.model();
        String name = facts.notification().milestone();
        var words = model.milestones().stream()
                .filter(milestone -> milestone.name().equals(name))
                .map(JourneyModel.Milestone::words)
                .findFirst()
                .orElse(model.confirmation());
        var known = facts.milestone();
        var at = known.isPresent()
                ? known.get().occurredAt()
                : name == null ? facts.order().placedAt() : null;
        return Map.of(
                "name", name == null ? "" : name,
                "label", words(facts, words).label(),
                "story", words(facts, words).story(),
                "on", at == null ? "" : longDay(facts, at),
                "plain", "gift." + (name != null && PLAIN.contains(name) ? name : "news"),
                "note", facts.gift() ? "" : known.map(m -> m.attached("note")).orElse(""),
                "carrier", known.map(m -> m.attached("carrier")).orElse(""),
                "trackingNumber", known.map(m -> m.attached("trackingNumber")).orElse(""),
                "trackingUrl",
                        known.map(m -> carriers.known(m.attached("trackingUrl")))
                                .orElse(""));
    }

    private static Words words(Facts facts, Words own) {
        return facts.gift() ? new Words(own.elementId(), "", "") : facts.model().in(facts.locale(), own);
    }

    private static String longDay(Facts facts, Instant at) {
        return day(at.atZone(facts.zone()), "MMMMd", facts.locale());
    }

    private static String shortDay(Facts facts, Instant at) {
        return day(at.atZone(facts.zone()), "MMMd", facts.locale());
    }

    private static String day(TemporalAccessor day, String skeleton, Locale locale) {
        return DateTimeFormatter.ofLocalizedPattern(skeleton).withLocale(locale).format(day);
    }
}
