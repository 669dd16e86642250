package io.porchlight.silence;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.Progress;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds customers who have heard nothing for longer than their model's silence budget. A journey is looked at when its budget
 * can be used up and not before: each look says when the next one is due, so the watch reads the few rows that are due in the
 * order of an index, however many journeys travel.
 */
@Component
class Silences {

    private static final Logger log = LoggerFactory.getLogger(Silences.class);

    /** For journeys that can have no alarm as they stand. */
    private static final Duration SELDOM = Duration.ofDays(1);

    private final Journeys journeys;
    private final Models models;
    private final Orders orders;
    private final Milestones milestones;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Silences(
            Journeys journeys,
            Models models,
            Orders orders,
            Milestones milestones,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.journeys = journeys;
        this.models = models;
        this.orders = orders;
        this.milestones = milestones;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Looks at journeys that are due, and tells of those whose customers are left in silence. What one instance looks at, the
     * others leave out; the alarm and the note that it was given are one transaction.
     *
     * @return how many were looked at
     */
    @Transactional
    public int look(int most) {
        var due = journeys.takeToLookAt(most);
        due.forEach(this::look);
        return due.size();
    }

    private void look(Journey journey) {
        var travel = Objects.requireNonNull(journey.travel());
        var now = clock.instant();
        var order = orders.find(journey.key()).filter(known -> !known.ofNobody());
        var model = models.of(travel).filter(known -> known.silenceBudget() != null);
        if (order.isEmpty() || model.isEmpty()) {
            journeys.lookAgain(journey.key(), now.plus(SELDOM));
            return;
        }
        var budget = Objects.requireNonNull(model.get().silenceBudget());
        var happened = milestones.of(journey.key());
        var since = lastHeard(journey, happened);
        if (since.plus(budget).isAfter(now)) {
            journeys.lookAgain(journey.key(), since.plus(budget));
        } else if (told(model.get(), happened)) {
            journeys.lookAgain(journey.key(), now.plus(SELDOM));
        } else {
            if (journeys.fallsSilent(journey.key(), since)) {
                log.warn(
                        "The customer of {} has heard nothing since {}, for longer than the {} of the journey {}",
                        journey.key(),
                        since,
                        budget,
                        travel.processId());
                events.publishEvent(new CustomerInSilence(journey.key(), travel, since, budget));
            }
            // Whatever they hear from now on is heard later than now.
            journeys.lookAgain(journey.key(), now.plus(budget));
        }
    }

    /** The story is at its end: what the journey still waits for is a wish for silence. */
    private static boolean told(JourneyModel model, List<Milestone> happened) {
        return new Progress(model.milestones(), happened, false).complete();
    }

    /** When something reached them last, or appeared on their page; before that nobody could tell them anything. */
    private Instant lastHeard(Journey journey, List<Milestone> happened) {
        var letters = ledger.of(journey.key()).stream()
                .filter(letter -> letter.state() == Notification.State.SENT)
                .map(Notification::settledAt)
                .filter(Objects::nonNull);
        var steps = happened.stream().map(Milestone::receivedAt);
        return Stream.of(letters, steps, orders.receivedAt(journey.key()).stream())
                .flatMap(moments -> moments)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
