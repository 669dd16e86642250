package io.porchlight.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.MilestoneReport;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.Parcels;
import io.porchlight.fulfillment.Parcels.Parcel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.OrderNames;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Orders.Outcome;
import io.porchlight.orders.PromiseChange;
import io.porchlight.orders.Promises;
import io.porchlight.orders.Received;
import io.porchlight.orders.Reception;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.OrderSaid;
import io.porchlight.signals.Meaning.PromiseMoved;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes facts of what signals mean. Every method may run twice: the second time nothing changes. */
@Component
class Effects {

    /**
     * A signal as it is being understood.
     *
     * @param attached the order that a person said it is about; absent otherwise
     */
    record Task(Signal signal, @Nullable JourneyKey attached) {

        String brand() {
            return signal.brand();
        }
    }

    /**
     * What came of a meaning.
     *
     * @param note a sentence for support; empty when there is nothing to tell
     */
    record Effect(JourneyKey key, String note) {}

    private final Orders orders;
    private final OrderNames names;
    private final Promises promises;
    private final Milestones milestones;
    private final Parcels parcels;
    private final Reception reception;
    private final LenientOrders lenient;
    private final Finder finder;

    Effects(
            Orders orders,
            OrderNames names,
            Promises promises,
            Milestones milestones,
            Parcels parcels,
            Reception reception,
            LenientOrders lenient,
            Finder finder) {
        this.orders = orders;
        this.names = names;
        this.promises = promises;
        this.milestones = milestones;
        this.parcels = parcels;
        this.reception = reception;
        this.lenient = lenient;
        this.finder = finder;
    }

    /** An order begins or changes; what is older than what we know changes nothing. */
    Effect said(Task task, OrderSaid said) {
        var read = said.strict()
                ? new LenientOrders.Read(reception.read(said.order(), Order.class), "")
                : lenient.read(said.order());
        var key = read.order().content().journeyKey();
        if (!key.brand().equals(task.brand())) {
            throw new Parks("It speaks of an order of the brand " + key.brand() + ", and came for " + task.brand());
        }
        if (!said.begins() && orders.find(key).isEmpty()) {
            finder.find(task.brand(), About.order(key.orderId()), null);
        }
        if (orders.erased(key)) {
            return new Effect(key, "The customer of this order was erased: nothing of it was taken over");
        }
        var saidAt = said.saidAt() == null ? task.signal().receivedAt() : said.saidAt();
        var outcome = orders.place(read.order(), saidAt);
        boolean changed = outcome != Outcome.NEW && orders.change(read.order(), saidAt);
        names.add(key, said.names());
        return new Effect(key, what(outcome, changed) + read.leftOut());
    }

    private static String what(Outcome outcome, boolean changed) {
        if (outcome == Outcome.NEW) {
            return "The order was placed";
        }
        return changed ? "The order was brought up to date" : "It tells nothing newer of the order";
    }

    /** A milestone of a parcel, or of the whole order. */
    Effect happened(Task task, Happened happened) {
        var received = reception.read(happened.report(), MilestoneReport.class);
        var targets = finder.find(task.brand(), happened.about(), task.attached());
        String note = "";
        for (var parcel : targets) {
            note = happened(task, happened.about(), parcel, received);
        }
        return new Effect(targets.getFirst().key(), note);
    }

    private String happened(Task task, About about, Parcel parcel, Received<MilestoneReport> received) {
        var report = received.content();
        var at = report.occurredAt();
        if (report.name().equals("delivered") && !about.trackingNumbers().isEmpty()) {
            var arrived = arrived(task, about, parcel, at);
            if (arrived.isEmpty()) {
                return "One box of the parcel arrived, others are still under way";
            }
            at = at == null ? null : arrived.get();
        }
        var placed = new MilestoneReport(report.id(), report.name(), at, details(report, parcel));
        if (milestones.record(parcel.key(), new Received<>(placed, received.hash())) == Outcome.CONFLICT) {
            throw new Parks("A milestone with the id " + report.id() + " but other content was accepted before");
        }
        return "Milestone " + report.name()
                + (parcel.name().equals(Milestone.WHOLE_ORDER) ? "" : " of parcel " + parcel.name());
    }

    private Optional<Instant> arrived(Task task, About about, Parcel parcel, @Nullable Instant at) {
        var when = at == null ? task.signal().receivedAt() : at;
        return about.trackingNumbers().stream()
                .map(number -> parcels.arrived(parcel, number, when))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private static JsonNode details(MilestoneReport report, Parcel parcel) {
        ObjectNode details =
                report.details() instanceof ObjectNode given ? given.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (!parcel.name().equals(Milestone.WHOLE_ORDER) && !details.hasNonNull("parcel")) {
            details.put("parcel", parcel.name());
        }
        return details;
    }

    /** The customer may expect it on another day. */
    Effect moved(Task task, PromiseMoved moved) {
        var change = reception.read(moved.change(), PromiseChange.class).content();
        var keys = finder.find(task.brand(), moved.about(), task.attached()).stream()
                .map(Parcel::key)
                .distinct()
                .toList();
        boolean fresh = false;
        for (var key : keys) {
            if (!orders.erased(key)) {
                fresh |= promises.move(
                        key,
                        change.promise(),
                        change.because(),
                        moved.saidAt() == null ? task.signal().receivedAt() : moved.saidAt());
            }
        }
        return new Effect(
                keys.getFirst(),
                fresh ? "The promise moved to " + change.from() + " to " + change.to() : "The promise stays as it was");
    }

    boolean erased(List<Effect> effects) {
        return effects.stream().anyMatch(effect -> orders.erased(effect.key()));
    }
}
