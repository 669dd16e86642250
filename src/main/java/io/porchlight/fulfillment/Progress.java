package io.porchlight.fulfillment;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;

import io.porchlight.models.JourneyModel;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far an order has come in the story that its model tells. Page and letters ask here, so that they say the same: a step
 * that was passed by lies on another way through the model and is not told, and after the end nothing follows.
 */
public final class Progress {

    private static final List<String> ON_ITS_WAY = List.of(
            "shipped",
            "handed-over",
            "in-transit",
            "out-for-delivery",
            "ready-for-pickup",
            "attempt-failed",
            "delivered");

    private final List<JourneyModel.Milestone> path;
    private final Collection<Milestone> milestones;
    private final boolean ended;
    private final int reached;
    private final int end;

    /**
     * Looks at what happened.
     *
     * @param model the milestones that the model waits for; empty when no journey is chosen yet
     * @param ended whether the journey is over
     */
    public Progress(Collection<JourneyModel.Milestone> model, Collection<Milestone> milestones, boolean ended) {
        this.path = model.stream()
                .filter(JourneyModel.Milestone::mainPath)
                .sorted(comparingInt(JourneyModel.Milestone::rank))
                .toList();
        this.milestones = milestones;
        this.ended = ended;
        this.reached = path.stream()
                .filter(this::done)
                .mapToInt(JourneyModel.Milestone::rank)
                .max()
                .orElse(0);
        this.end = path.stream().mapToInt(JourneyModel.Milestone::rank).max().orElse(0);
    }

    /** The steps that are told: those that have happened, and those that can still follow. */
    public List<JourneyModel.Milestone> steps() {
        return path.stream()
                .filter(step -> done(step) || (step.rank() > reached && !ended))
                .toList();
    }

    /** Whether it is known to have happened. */
    public boolean done(JourneyModel.Milestone step) {
        return recorded(step.name()).isPresent();
    }

    /** Whether the order is here; at rank 0, before the first step, it is confirmed. */
    public boolean isHere(int rank) {
        return rank == reached;
    }

    /** What the story waits for. */
    public Optional<JourneyModel.Milestone> next() {
        return ended
                ? Optional.empty()
                : path.stream().filter(step -> step.rank() > reached).findFirst();
    }

    public boolean isNext(JourneyModel.Milestone step) {
        return next().filter(step::equals).isPresent();
    }

    public boolean isLast(JourneyModel.Milestone step) {
        return step.rank() == end;
    }

    /** The end of the story has happened. */
    public boolean complete() {
        return end > 0 && reached == end;
    }

    /** Whether the carrier has it, the whole of it or a part: from then on a word to the shop comes too late. */
    public boolean onItsWay() {
        return ended || complete() || milestones.stream().anyMatch(milestone -> ON_ITS_WAY.contains(milestone.name()));
    }

    /** The newest step that has happened; empty while the order is only confirmed. */
    public Optional<Milestone> newest() {
        return path.stream()
                .filter(step -> step.rank() == reached)
                .flatMap(step -> recorded(step.name()).stream())
                .findFirst();
    }

    /** The first report of a milestone of the whole order. */
    public Optional<Milestone> recorded(String name) {
        return milestones.stream()
                .filter(milestone -> milestone.wholeOrder() && milestone.name().equals(name))
                .min(comparingInt(Milestone::occurrence));
    }

    /** Whether it belongs to the whole order and not to the story. */
    public boolean beside(Milestone milestone) {
        return milestone.wholeOrder()
                && path.stream().noneMatch(step -> step.name().equals(milestone.name()));
    }

    /**
     * When it happened; absent when nobody knows. What follows from the parcels happened with the first of them, but is
     * delivered with the last.
     */
    public @Nullable Instant when(Milestone milestone) {
        if (milestone.occurredAt() != null || milestone.implied()) {
            return milestone.occurredAt();
        }
        var times = milestones.stream()
                .filter(other -> !other.wholeOrder() && other.name().equals(milestone.name()))
                .flatMap(other -> Stream.ofNullable(other.occurredAt()));
        return (milestone.name().equals("delivered") ? times.max(naturalOrder()) : times.min(naturalOrder()))
                .orElse(null);
    }

    /** The last step that is known to have happened by a moment, by its rank; 0 when only the order was confirmed. */
    public int rankAt(Instant moment) {
        return path.stream()
                .filter(step -> recorded(step.name())
                        .map(this::when)
                        .filter(at -> !at.isAfter(moment))
                        .isPresent())
                .mapToInt(JourneyModel.Milestone::rank)
                .max()
                .orElse(0);
    }
}
