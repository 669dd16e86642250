package io.porchlight.tracking;

import static java.util.Comparator.comparing;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Progress;
import io.porchlight.models.JourneyModel;
import io.porchlight.tracking.Page.Chapter;
import io.porchlight.tracking.Page.Event;
import io.porchlight.tracking.Page.Expected;
import io.porchlight.tracking.Page.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The story that the model tells, with what has happened of it: nothing that was passed by, nothing that is a guess. */
class Plot {

    private static final String CONFIRMED = "order-confirmed";

    /** What these say tells nobody what is in the parcel, so that they may be named even if it is a gift. */
    private static final Set<String> TELL_NOTHING = Set.of(
            CONFIRMED,
            "label-created",
            "handed-over",
            "in-transit",
            "out-for-delivery",
            "ready-for-pickup",
            "shipped",
            "delivered",
            "delayed",
            "attempt-failed",
            "exception",
            "returning",
            "cancelled");

    private final Facts facts;
    private final Days days;
    private final Attachments attachments;
    private final Progress progress;

    Plot(Facts facts, Days days, Attachments attachments) {
        this.facts = facts;
        this.days = days;
        this.attachments = attachments;
        this.progress = facts.progress();
    }

    boolean complete() {
        return progress.complete();
    }

    /** What the story waits for. */
    Optional<Chapter> next() {
        return chapters().stream()
                .filter(chapter -> chapter.state() == State.NEXT)
                .findFirst();
    }

    /** Whether the model sends a letter when the next thing happens. */
    boolean nextIsTold() {
        return progress.next()
                .map(JourneyModel.Milestone::name)
                .filter(name -> facts.model().stream()
                        .flatMap(model -> model.steps().stream())
                        .anyMatch(step -> name.equals(step.milestone())))
                .isPresent();
    }

    /** When the newest chapter happened; absent when nobody knows. */
    @Nullable
    Instant reachedAt() {
        return progress.newest()
                .map(progress::when)
                .orElseGet(() -> progress.isHere(0) ? facts.order().placedAt() : null);
    }

    List<Chapter> chapters() {
        var story = new ArrayList<Chapter>();
        story.add(confirmation());
        progress.steps().forEach(step -> story.add(chapter(step, story.size() + 1)));
        return List.copyOf(story);
    }

    /** Something that happened beside the story, after its newest chapter. */
    Optional<Milestone> latest() {
        var since = reachedAt();
        return complete() || facts.ended()
                ? Optional.empty()
                : facts.milestones().stream()
                        .filter(milestone -> progress.beside(milestone) || !milestone.wholeOrder())
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

    private Chapter confirmation() {
        var words = facts.model()
                .map(model -> facts.words(model.confirmation()))
                .orElse(new JourneyModel.Words(CONFIRMED, "", ""));
        return new Chapter(
                CONFIRMED,
                1,
                words.label(),
                words.story(),
                State.DONE,
                progress.isHere(0),
                false,
                days.moment(facts.order().placedAt()),
                null,
                "",
                "",
                events(0));
    }

    private Chapter chapter(JourneyModel.Milestone step, int number) {
        var words = facts.words(step.words());
        var recorded = progress.recorded(step.name());
        return new Chapter(
                name(step.name(), "step-" + number),
                number,
                words.label(),
                recorded.isPresent() ? words.story() : "",
                recorded.isPresent() ? State.DONE : progress.isNext(step) ? State.NEXT : State.LATER,
                progress.isHere(step.rank()),
                recorded.map(Milestone::implied).orElse(false),
                days.moment(recorded.map(progress::when).orElse(null)),
                recorded.isPresent() ? null : expected(step),
                recorded.map(this::note).orElse(""),
                recorded.map(this::photo).orElse(""),
                recorded.isPresent() ? events(step.rank()) : List.of());
    }

    /** The end is expected when it was promised; a step before it, about when it usually happens, if that keeps the promise. */
    private @Nullable Expected expected(JourneyModel.Milestone step) {
        var promise =
                facts.promises().isEmpty() ? null : facts.promises().getLast().promise();
        if (promise != null && progress.isLast(step)) {
            return promise.to().isBefore(days.today()) ? null : new Expected(days.window(promise), true);
        }
        var about = facts.expected().get(step.name());
        if (about == null || (promise != null && days.local(about).isAfter(promise.to()))) {
            return null;
        }
        return new Expected(days.day(days.local(about)), false);
    }

    /** What happened beside the story, between this chapter and the next. */
    private List<Event> events(int rank) {
        return facts.milestones().stream()
                .filter(milestone -> progress.beside(milestone) && progress.rankAt(timeOf(milestone)) == rank)
                .sorted(comparing(Plot::timeOf))
                .map(milestone -> event(milestone, 0))
                .toList();
    }

    /** Something that happened beside the story. */
    Event event(Milestone milestone, int parcel) {
        return new Event(
                name(milestone.name(), "news"),
                label(milestone.name()),
                parcel,
                days.moment(milestone.occurredAt()),
                note(milestone),
                photo(milestone));
    }

    private String name(String own, String secret) {
        return facts.gift() && !TELL_NOTHING.contains(own) ? secret : own;
    }

    private String note(Milestone milestone) {
        return facts.gift() ? "" : milestone.attached("note");
    }

    private String photo(Milestone milestone) {
        return facts.gift() ? "" : attachments.photo(milestone);
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
