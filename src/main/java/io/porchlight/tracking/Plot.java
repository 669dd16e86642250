package io.porchlight.tracking;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.models.JourneyModel;
import io.porchlight.tracking.Page.Chapter;
import io.porchlight.tracking.Page.Event;
import io.porchlight.tracking.Page.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The story that the model tells, with what has happened of it: nothing that was passed by, nothing that is a guess. */
class Plot {

    private static final String CONFIRMED = "order-confirmed";

    private final Facts facts;
    private final Days days;
    private final Attachments attachments;
    private final List<JourneyModel.Milestone> path;
    private final int reached;
    private final int end;

    Plot(Facts facts, Days days, Attachments attachments) {
        this.facts = facts;
        this.days = days;
        this.attachments = attachments;
        this.path = facts.model().stream()
                .flatMap(model -> model.milestones().stream())
                .filter(JourneyModel.Milestone::mainPath)
                .sorted(comparingInt(JourneyModel.Milestone::rank))
                .toList();
        this.reached = path.stream()
                .filter(step -> recorded(step.name()).isPresent())
                .mapToInt(JourneyModel.Milestone::rank)
                .max()
                .orElse(0);
        this.end = path.stream().mapToInt(JourneyModel.Milestone::rank).max().orElse(0);
    }

    /** The end of the story has happened. */
    boolean complete() {
        return end > 0 && reached == end;
    }

    /** What the story waits for. */
    Optional<JourneyModel.Milestone> next() {
        return facts.ended()
                ? Optional.empty()
                : path.stream().filter(step -> step.rank() > reached).findFirst();
    }

    boolean isLast(JourneyModel.Milestone step) {
        return step.rank() == end;
    }

    /** When the newest chapter happened; absent when nobody knows. */
    @Nullable
    Instant reachedAt() {
        return newest().map(this::when)
                .orElseGet(() -> reached == 0 ? facts.order().placedAt() : null);
    }

    List<Chapter> chapters() {
        var story = new ArrayList<Chapter>();
        story.add(confirmation());
        path.stream().filter(this::told).map(this::chapter).forEach(story::add);
        return List.copyOf(story);
    }

    /** Something that happened beside the story, after its newest chapter. */
    Optional<Milestone> latest() {
        var since = reachedAt();
        return complete() || facts.ended()
                ? Optional.empty()
                : facts.milestones().stream()
                        .filter(milestone -> beside(milestone) || isParcels(milestone))
                        .filter(milestone -> happenedAfter(milestone, since))
                        .max(comparing(Plot::timeOf));
    }

    /** A sender's name for something, in the model's words; empty when the model does not know it. */
    private String label(String name) {
        return facts.model()
                .flatMap(model -> model.milestone(name))
                .map(known -> facts.words(known.words()).label())
                .orElse("");
    }

    private Optional<Milestone> newest() {
        return path.stream()
                .filter(step -> step.rank() == reached)
                .flatMap(step -> recorded(step.name()).stream())
                .findFirst();
    }

    private Optional<Milestone> recorded(String name) {
        return facts.milestones().stream()
                .filter(milestone -> milestone.wholeOrder() && milestone.name().equals(name))
                .min(comparingInt(Milestone::occurrence));
    }

    /** A step that was passed by lies on another way through the model; after the end nothing follows. */
    private boolean told(JourneyModel.Milestone step) {
        return recorded(step.name()).isPresent() || (step.rank() > reached && !facts.ended());
    }

    private Chapter confirmation() {
        var words = facts.model()
                .map(model -> facts.words(model.confirmation()))
                .orElse(new JourneyModel.Words(CONFIRMED, "", ""));
        return new Chapter(
                CONFIRMED,
                words.label(),
                words.story(),
                State.DONE,
                reached == 0,
                false,
                days.moment(facts.order().placedAt()),
                "",
                "",
                events(0));
    }

    private Chapter chapter(JourneyModel.Milestone step) {
        var words = facts.words(step.words());
        var recorded = recorded(step.name());
        return new Chapter(
                step.name(),
                words.label(),
                recorded.isPresent() ? words.story() : "",
                recorded.isPresent() ? State.DONE : isNext(step) ? State.NEXT : State.LATER,
                step.rank() == reached,
                recorded.map(Milestone::implied).orElse(false),
                days.moment(recorded.map(this::when).orElse(null)),
                recorded.map(milestone -> milestone.attached("note")).orElse(""),
                recorded.map(attachments::photo).orElse(""),
                recorded.isPresent() ? events(step.rank()) : List.of());
    }

    private boolean isNext(JourneyModel.Milestone step) {
        return next().filter(step::equals).isPresent();
    }

    /** What follows from the parcels happened with the first of them, but is delivered with the last. */
    private @Nullable Instant when(Milestone milestone) {
        if (milestone.occurredAt() != null || milestone.implied()) {
            return milestone.occurredAt();
        }
        var times = facts.milestones().stream()
                .filter(other -> !other.wholeOrder() && other.name().equals(milestone.name()))
                .flatMap(other -> Stream.ofNullable(other.occurredAt()));
        return (milestone.name().equals("delivered") ? times.max(naturalOrder()) : times.min(naturalOrder()))
                .orElse(null);
    }

    /** What happened beside the story, between this chapter and the next. */
    private List<Event> events(int rank) {
        return facts.milestones().stream()
                .filter(milestone -> beside(milestone) && chapterOf(milestone) == rank)
                .sorted(comparing(Plot::timeOf))
                .map(milestone -> event(milestone, 0))
                .toList();
    }

    /** Something that happened beside the story. */
    Event event(Milestone milestone, int parcel) {
        return new Event(
                milestone.name(),
                label(milestone.name()),
                parcel,
                days.moment(milestone.occurredAt()),
                milestone.attached("note"),
                attachments.photo(milestone));
    }

    /** The last chapter that is known to have happened before. */
    private int chapterOf(Milestone event) {
        return path.stream()
                .filter(step -> recorded(step.name())
                        .map(this::when)
                        .filter(at -> !at.isAfter(timeOf(event)))
                        .isPresent())
                .mapToInt(JourneyModel.Milestone::rank)
                .max()
                .orElse(0);
    }

    private boolean beside(Milestone milestone) {
        return milestone.wholeOrder()
                && path.stream().noneMatch(step -> step.name().equals(milestone.name()));
    }

    private static boolean isParcels(Milestone milestone) {
        return !milestone.wholeOrder();
    }

    private static boolean happenedAfter(Milestone milestone, @Nullable Instant since) {
        var at = milestone.occurredAt();
        return at != null && since != null && at.isAfter(since);
    }

    /** When it happened, else when we heard of it. */
    static Instant timeOf(Milestone milestone) {
        return milestone.occurredAt() == null ? milestone.receivedAt() : milestone.occurredAt();
    }
}
