package io.porchlight.notifications;

import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.CarrierLinks;
import io.porchlight.fulfillment.Milestone;
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
import org.springframework.stereotype.Component;

/** Prepares the values that a template may name: text, ready to print, in the customer's language and zone. */
@Component
class LetterValues {

    private static final int LINES_SHOWN = 12;

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
                .limit(LINES_SHOWN)
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
                more > 0 ? String.valueOf(more) : "");
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
        var model = facts.model();
        int reached = facts.milestones().stream()
                .filter(Milestone::wholeOrder)
                .flatMap(milestone -> model.milestone(milestone.name()).stream())
                .filter(JourneyModel.Milestone::mainPath)
                .mapToInt(JourneyModel.Milestone::rank)
                .max()
                .orElse(0);
        var story = new ArrayList<Map<String, String>>();
        story.add(Map.of(
                "label", words(facts, model.confirmation()).label(),
                "state", "done",
                "on", shortDay(facts, facts.order().placedAt())));
        for (var milestone : model.milestones()) {
            if (milestone.mainPath()) {
                story.add(Map.of(
                        "label", words(facts, milestone.words()).label(),
                        "state", state(milestone.rank() - reached),
                        "on", milestone.rank() <= reached ? happened(facts, milestone.name()) : ""));
            }
        }
        return List.copyOf(story);
    }

    private static String state(int stepsAhead) {
        return stepsAhead <= 0 ? "done" : stepsAhead == 1 ? "now" : "next";
    }

    private static String happened(Facts facts, String name) {
        return facts.milestones().stream()
                .filter(milestone -> milestone.wholeOrder() && milestone.name().equals(name))
                .map(Milestone::occurredAt)
                .filter(java.util.Objects::nonNull)
                .findFirst()
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
                "note", known.map(m -> m.attached("note")).orElse(""),
                "carrier", known.map(m -> m.attached("carrier")).orElse(""),
                "trackingNumber", known.map(m -> m.attached("trackingNumber")).orElse(""),
                "trackingUrl",
                        known.map(m -> carriers.known(m.attached("trackingUrl")))
                                .orElse(""));
    }

    private static Words words(Facts facts, Words own) {
        return facts.model().in(facts.locale(), own);
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
