package io.porchlight.tracking;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.orders.Plain;
import io.porchlight.tracking.Page.Event;
import io.porchlight.tracking.Page.Parcel;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The parcels that an order travels in, with what their carriers said. */
class Parcels {

    private final Facts facts;
    private final Plot plot;
    private final Attachments attachments;
    private final List<String> names;

    Parcels(Facts facts, Plot plot, Attachments attachments) {
        this.facts = facts;
        this.plot = plot;
        this.attachments = attachments;
        this.names = facts.milestones().stream()
                .filter(milestone -> !milestone.wholeOrder() || hasCarrier(milestone))
                .map(Milestone::parcel)
                .distinct()
                .toList();
    }

    List<Parcel> all() {
        return names.stream().map(this::parcel).toList();
    }

    /** The place of a milestone's parcel among several; 0 when there is only one, or when it is about the whole order. */
    int numberOf(Milestone milestone) {
        return milestone.wholeOrder() || names.size() < 2 ? 0 : names.indexOf(milestone.parcel()) + 1;
    }

    private Parcel parcel(String name) {
        var own = facts.milestones().stream()
                .filter(milestone -> milestone.parcel().equals(name))
                .toList();
        return new Parcel(
                numberOf(own.getFirst()),
                last(own, milestone -> milestone.attached("carrier")),
                last(own, milestone -> milestone.attached("trackingNumber")),
                last(own, attachments::link),
                contents(own),
                own.getFirst().wholeOrder() ? List.of() : events(own));
    }

    private List<Event> events(List<Milestone> own) {
        return own.stream()
                .sorted(comparing(Plot::timeOf).reversed())
                .map(milestone -> plot.event(milestone, 0))
                .toList();
    }

    /** What the parcel holds, by the names that the customer knows. */
    private List<String> contents(List<Milestone> own) {
        return facts.gift() ? List.of() : named(own);
    }

    private List<String> named(List<Milestone> own) {
        return own.stream()
                .flatMap(milestone ->
                        StreamSupport.stream(milestone.details().path("lines").spliterator(), false))
                .map(Parcels::sku)
                .distinct()
                .flatMap(sku -> facts.order().lines().stream()
                        .filter(line -> line.sku().equals(sku))
                        .limit(1))
                .map(line -> Plain.text(line.name()))
                .toList();
    }

    private static String sku(JsonNode line) {
        return line.isObject() ? line.path("sku").asText() : line.asText();
    }

    private boolean hasCarrier(Milestone milestone) {
        return !milestone.attached("carrier").isEmpty()
                || !milestone.attached("trackingNumber").isEmpty()
                || !attachments.link(milestone).isEmpty();
    }

    /** The newest word counts. */
    private static String last(List<Milestone> own, Function<Milestone, String> text) {
        return IntStream.range(0, own.size())
                .mapToObj(i -> text.apply(own.get(own.size() - 1 - i)))
                .filter(word -> !word.isEmpty())
                .findFirst()
                .orElse("");
    }
}
