package io.porchlight.journeys;

import static java.util.Objects.requireNonNull;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.MilestonesRecorded;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.OrderPlaced;
import io.porchlight.orders.Orders;
import io.porchlight.wakeups.BackgroundWorker;
import io.porchlight.wakeups.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the engine what is in the database and not yet in the engine, until it is. */
@Component
class Outbox extends BackgroundWorker {

    /** A milestone that the engine has, since then by {@link System#nanoTime}. */
    private record Answered(long milestone, long at) {}

    /** What the engine is told next. */
    private record Next(List<JourneyKey> journeys, List<Milestone> milestones) {

        int size() {
            return journeys.size() + milestones.size();
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(150);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final Orders orders;
    private final Journeys journeys;
    private final Milestones milestones;
    private final JourneyCommands commands;
    private final CommandLimit limit;
    private final JourneySettings settings;
    private final Epoch epoch;
    private final TransactionTemplate transaction;

    private final Pauses pauses = new Pauses();
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> setbacks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicBoolean placed = new AtomicBoolean();
    private final AtomicBoolean recorded = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicLong toldOfRefusals = new AtomicLong(System.nanoTime() - REMINDER.toNanos());
    private long nextLook = System.nanoTime();
    private long nextSweep = System.nanoTime();

    Outbox(
            Orders orders,
            Journeys journeys,
            Milestones milestones,
            JourneyCommands commands,
            CommandLimit limit,
            JourneySettings settings,
            Epoch epoch,
            TransactionTemplate transaction) {
        super("outbox");
        this.orders = orders;
        this.journeys = journeys;
        this.milestones = milestones;
        this.commands = commands;
        this.limit = limit;
        this.settings = settings;
        this.epoch = epoch;
        this.transaction = transaction;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(OrderPlaced order) {
        placed.set(true);
        wake();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(MilestonesRecorded something) {
        if (something.toTell()) {
            recorded.set(true);
            wake();
        }
    }

    @EventListener
    void on(JourneysReady ready) {
        wake();
    }

    @Override
    protected void work() {
        while (isRunning()) {
            try {
                writeDownSetbacks();
                rest(epoch.current().map(this::turn).orElse(IDLE));
                pauses.over();
            } catch (RuntimeException trouble) {
                nextLook = System.nanoTime();
                var pause = pauses.next();
                log.warn(
                        "The engine is not told for now: {}; trying again in {} ms",
                        trouble.getMessage(),
                        pause.toMillis());
                rest(pause);
            }
        }
        awaitAnswers();
    }

    /**
     * Each answer wakes the outbox, and most leave nothing to look for: it looks for what was recorded since its last look, or
     * what that left, and only a few times a second for everything, such as what was put off or came to another instance.
     *
     * @return how long to rest
     */
    private Duration turn(String life) {
        boolean busy = refused.getAndSet(false);
        int room = limit.room();
        boolean everything = room > 0 && System.nanoTime() - nextLook >= 0;
        if (room > 0 && tell(life, room, everything) > 0) {
            return failuresInARow.get() > 0 ? pause() : Duration.ZERO;
        }
        if (everything) {
            tidy(life);
            nextLook = System.nanoTime() + SOON.toNanos();
        }
        return everything && !busy && answered.isEmpty() ? idle() : SOON;
    }

    /** What the engine did not hear was put off, and is due again soon. */
    private Duration idle() {
        return failuresInARow.get() > 0 ? pause() : IDLE;
    }

    private void tidy(String life) {
        endCancelled(life);
        if (System.nanoTime() - nextSweep >= 0) {
            milestones.publishForgotten();
            nextSweep = System.nanoTime() + IDLE.toNanos();
        }
    }

    private void awaitAnswers() {
        long end = System.nanoTime() + FAREWELL.toNanos();
        while (!limit.idle() && System.nanoTime() < end) {
            rest(SOON);
        }
        try {
            writeDownSetbacks();
            writeDown(published(System.nanoTime()));
        } catch (RuntimeException trouble) {
            log.info("Some milestones are published again after the next start: {}", trouble.getMessage());
        }
    }

    /** What the engine has answered since the last time is written down, and the next is taken, in one commit. */
    private int tell(String life, int room, boolean everything) {
        boolean orders = placed.getAndSet(false) || everything;
        boolean happenings = recorded.getAndSet(false) || everything;
        // A moment later than it could be: by then most have moved their journey on, and nothing is left to be written.
        var published = published(System.nanoTime() - SOON.toNanos());
        if (!orders && !happenings && published.isEmpty()) {
            return 0;
        }
        var next = requireNonNull(transaction.execute(status -> {
            writeDown(published);
            return take(room, orders, happenings);
        }));
        begin(next.journeys());
        next.milestones().forEach(milestone -> publish(life, milestone));
        return next.size();
    }

    /** Leaves half of the room to milestones, so that a flood of orders does not hold up those that travel. */
    private Next take(int room, boolean orders, boolean happenings) {
        int half = (room + 1) / 2;
        var begun = orders ? journeys.takeToStart(half, settings.inDoubt()) : List.<JourneyKey>of();
        if (begun.size() == half) {
            placed.set(true);
        }
        int rest = room - begun.size();
        var told = happenings ? milestones.takeToPublish(rest, settings.inDoubt()) : List.<Milestone>of();
        if (told.size() == rest) {
            recorded.set(true);
        }
        return new Next(begun, told);
    }

    /** Ends what nobody waits for any more. Whoever cancels an instance writes its end: its own listener does not run. */
    private void endCancelled(String life) {
        for (var key : milestones.toEnd()) {
            var travel = journeys.find(key).map(Journey::travel);
            if (travel.isPresent() && travel.get().engineEpoch().equals(life)) {
                commands.cancel(travel.get().processInstanceKey());
                journeys.end(key, travel.get());
                milestones.close(key);
                log.info("The journey of {} is ended: its order was cancelled", key);
            }
        }
    }

    private void begin(List<JourneyKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        var together = Set.copyOf(keys);
        var placed = orders.find(together);
        var known = journeys.find(together);
        for (var key : keys) {
            var order = requireNonNull(placed.get(key), "a journey has an order");
            var before = requireNonNull(known.get(key), "it was just taken").travel();
            var begun = before == null ? commands.begin(order) : commands.beginAgain(order, before.processId());
            answer(begun, trouble -> {
                count(trouble, "The journey of " + key + " could not be started");
                if (trouble != null) {
                    setbacks.add(() -> journeys.startFailed(key, pause(), message(trouble)));
                }
            });
        }
    }

    private void publish(String life, Milestone milestone) {
        answer(commands.publish(life, milestone), trouble -> {
            count(trouble, "The milestone " + milestone.name() + " of " + milestone.key() + " could not be published");
            if (trouble == null) {
                answered.add(new Answered(milestone.id(), System.nanoTime()));
            } else {
                setbacks.add(() -> milestones.publishFailed(milestone.id(), pause()));
            }
        });
    }

    /**
     * The next command is sent when one was answered, whatever else fails. All answers wait for whoever hears one, so what has
     * to be written down is left to the outbox.
     */
    private void answer(CompletionStage<?> command, Consumer<@Nullable Throwable> then) {
        var underway = limit.sends();
        command.whenComplete((done, trouble) -> {
            try {
                then.accept(trouble);
            } finally {
                underway.ends(trouble);
                wake();
            }
        });
    }

    private List<Long> published(long until) {
        var ids = new ArrayList<Long>();
        for (var next = answered.peek(); next != null && next.at() - until <= 0; next = answered.peek()) {
            ids.add(next.milestone());
            answered.remove();
        }
        return ids;
    }

    private void writeDown(List<Long> published) {
        milestones.published(
                published, settings.messageTimeToLive().multipliedBy(6).dividedBy(7));
    }

    private void writeDownSetbacks() {
        for (var next = setbacks.peek(); next != null; next = setbacks.peek()) {
            next.run();
            setbacks.remove();
        }
    }

    private void count(@Nullable Throwable trouble, String what) {
        if (trouble == null) {
            if (failuresInARow.getAndSet(0) > 0) {
                log.info("The engine listens again");
            }
        } else if (Answers.tooBusy(trouble)) {
            refused.set(true);
            long last = toldOfRefusals.get();
            long now = System.nanoTime();
            if (now - last >= REMINDER.toNanos() && toldOfRefusals.compareAndSet(last, now)) {
                log.warn("The engine is too busy for some commands; fewer are sent at once, and all come again");
            }
        } else if (failuresInARow.incrementAndGet() == 1) {
            log.warn("{} ({}); it is tried until it succeeds", what, message(trouble));
        }
    }

    private static String message(Throwable trouble) {
        Throwable root = trouble;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Grows with the failures in a row, and differs a little from one to the next. */
    private Duration pause() {
        long grown = 100L << Math.min(failuresInARow.get(), 10);
        long bounded = Math.min(grown, LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(bounded / 2 + ThreadLocalRandom.current().nextLong(bounded / 2 + 1));
    }
}
