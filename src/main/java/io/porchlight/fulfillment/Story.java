package io.porchlight.fulfillment;

import static io.porchlight.fulfillment.Milestone.State.ENDING;
import static io.porchlight.fulfillment.Milestone.State.HISTORY;
import static io.porchlight.fulfillment.Milestone.State.NEW;
import static io.porchlight.fulfillment.Milestone.State.RECORDED;
import static io.porchlight.fulfillment.Milestone.State.WAITING;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.fulfillment.Milestone.State;
import io.porchlight.models.JourneyModel;
import io.porchlight.orders.Order;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a model makes of everything that happened to one order: pure rules, no side effects. */
record Story(JourneyModel model, Order order, List<Milestone> milestones) {

    private static final String DELIVERED = "delivered";
    private static final String SHIPPED = "shipped";

    /** What carriers scan has left the house, whether or not anybody said so. */
    private static final Set<String> ON_THE_WAY =
            Set.of("handed-over", "in-transit", "out-for-delivery", "ready-for-pickup", DELIVERED);

    /**
     * Milestones of the whole order that follow from its parcels: with the first parcel, but {@code delivered} only when
     * the parcels cover every line and all of them are delivered. What a carrier has is shipped.
     */
    Set<String> wholeOrder() {
        var derived = new LinkedHashSet<String>();
        if (waitedFor(SHIPPED) && !recorded(SHIPPED) && milestones.stream().anyMatch(Story::onTheWay)) {
            derived.add(SHIPPED);
        }
        for (var milestone : milestones) {
            boolean whole = !milestone.name().equals(DELIVERED) || everythingDelivered();
            if (!milestone.wholeOrder() && waitedFor(milestone.name()) && whole && !recorded(milestone.name())) {
                derived.add(milestone.name());
            }
        }
        return derived;
    }

    /** Milestones that nobody reported but that must have happened. */
    Set<String> implied() {
        var implied = new LinkedHashSet<String>();
        for (var milestone : milestones) {
            if (milestone.wholeOrder()) {
                model.milestone(milestone.name())
                        .ifPresent(known -> known.follows().stream()
                                .filter(name -> !recorded(name))
                                .forEach(implied::add));
            }
        }
        return implied;
    }

    /** Where each milestone that has waited so far goes. */
    Map<Milestone, State> routes() {
        var routes = new LinkedHashMap<Milestone, State>();
        for (var milestone : milestones) {
            if (milestone.state() == WAITING) {
                routes.put(milestone, route(milestone));
            }
        }
        return routes;
    }

    private static boolean onTheWay(Milestone milestone) {
        return !milestone.wholeOrder() && ON_THE_WAY.contains(milestone.name());
    }

    /** Where a milestone goes whatever else happened: nothing follows from one of the whole order that no model waits for. */
    static Optional<State> routeAlone(JourneyModel model, String name, String parcel) {
        if (!parcel.equals(Milestone.WHOLE_ORDER) || model.milestone(name).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(name.equals(Milestone.ORDER_CANCELLED) ? ENDING : RECORDED);
    }

    private State route(Milestone milestone) {
        return routeAlone(model, milestone.name(), milestone.parcel()).orElseGet(() -> routeAmongOthers(milestone));
    }

    private State routeAmongOthers(Milestone milestone) {
        var known = model.milestone(milestone.name());
        boolean recurs = known.map(JourneyModel.Milestone::recurs).orElse(false);
        if (known.isEmpty() || (!milestone.wholeOrder() && !recurs)) {
            return RECORDED;
        }
        if (milestone.occurrence() > 1) {
            return recurs && onANewDay(milestone) ? NEW : HISTORY;
        }
        return NEW;
    }

    /** Milestones that may recur do so once a day, by the customer's calendar. */
    private boolean onANewDay(Milestone milestone) {
        return milestones.stream()
                .filter(other -> other.name().equals(milestone.name())
                        && other.parcel().equals(milestone.parcel())
                        && other.occurrence() < milestone.occurrence())
                .noneMatch(other -> day(other).equals(day(milestone)));
    }

    private LocalDate day(Milestone milestone) {
        var at = milestone.occurredAt() == null ? milestone.receivedAt() : milestone.occurredAt();
        return LocalDate.ofInstant(at, order.zone().orElse(ZoneOffset.UTC));
    }

    private boolean waitedFor(String name) {
        return model.milestone(name).filter(known -> !known.recurs()).isPresent();
    }

    private boolean recorded(String name) {
        return milestones.stream()
                .anyMatch(
                        milestone -> milestone.wholeOrder() && milestone.name().equals(name));
    }

    private boolean everythingDelivered() {
        var parcels = milestones.stream()
                .filter(milestone -> !milestone.wholeOrder())
                .map(Milestone::parcel)
                .filter(parcel -> !calledBack(parcel))
                .collect(toSet());
        var delivered = milestones.stream()
                .filter(milestone -> milestone.name().equals(DELIVERED))
                .map(Milestone::parcel)
                .collect(toSet());
        return delivered.containsAll(parcels) && coverAllLines();
    }

    /** A parcel that was called back holds nothing and is not waited for. */
    private boolean calledBack(String parcel) {
        return milestones.stream()
                .anyMatch(milestone ->
                        milestone.parcel().equals(parcel) && milestone.name().equals("cancelled"));
    }

    /** Parcels that name no lines are taken to hold whatever the others do not. */
    private boolean coverAllLines() {
        var missing = new HashMap<String, Integer>();
        order.lines().forEach(line -> missing.merge(line.sku(), line.quantity(), Integer::sum));
        var contents = contents();
        if (contents.values().stream().anyMatch(Map::isEmpty)) {
            return true;
        }
        contents.values().forEach(lines -> lines.forEach((sku, n) -> missing.merge(sku, -n, Integer::sum)));
        return missing.values().stream().allMatch(left -> left <= 0);
    }

    private Map<String, Map<String, Integer>> contents() {
        var contents = new HashMap<String, Map<String, Integer>>();
        for (var milestone : milestones) {
            if (!milestone.wholeOrder() && !calledBack(milestone.parcel())) {
                var lines = contents.computeIfAbsent(milestone.parcel(), parcel -> new HashMap<>());
                milestone.details().path("lines").forEach(line -> lines.merge(sku(line), quantity(line), Math::max));
            }
        }
        return contents;
    }

    /** A line is named by its sku alone, or by an object with {@code sku} and {@code quantity}. */
    private static String sku(JsonNode line) {
        return line.isObject() ? line.path("sku").asText() : line.asText();
    }

    private int quantity(JsonNode line) {
        if (line.isObject() && line.path("quantity").isInt()) {
            return line.path("quantity").asInt();
        }
        return order.lines().stream()
                .filter(known -> known.sku().equals(sku(line)))
                .mapToInt(Order.Line::quantity)
                .sum();
    }
}
