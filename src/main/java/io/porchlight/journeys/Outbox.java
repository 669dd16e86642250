package io.porchlight.journeys;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.MilestonesRecorded;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.OrderPlaced;
import io.porchlight.orders.Orders;
import io.porchlight.wakeups.BackgroundWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells the engine what is in the database and not yet in the engine, until it is. */
@Component
class Outbox implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Orders orders;
    private final Journeys journeys;
    private final Milestones milestones;
    private final JourneyCommands commands;
    private final JourneySettings settings;
    private final Epoch epoch;

    private final BackgroundWorker worker = new BackgroundWorker("outbox", this::work);
    private final AtomicInteger failuresInARow = new AtomicInteger();

    Outbox(
            Orders orders,
            Journeys journeys,
            Milestones milestones,
            JourneyCommands commands,
            JourneySettings settings,
            Epoch epoch) {
        this.orders = orders;
        this.journeys = journeys;
        this.milestones = milestones;
        this.commands = commands;
        this.settings = settings;
        this.epoch = epoch;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(OrderPlaced placed) {
        worker.wake();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(MilestonesRecorded recorded) {
        worker.wake();
    }

    @EventListener
    void on(JourneysReady ready) {
        worker.wake();
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }

    private void work() {
        while (isRunning()) {
            try {
                var life = epoch.current();
                if (life.isEmpty() || beginJourneys() + publish(life.get()) + endCancelled(life.get()) == 0) {
                    milestones.publishForgotten();
                    worker.rest(IDLE);
                } else if (failuresInARow.get() > 0) {
                    worker.rest(pause());
                }
            } catch (RuntimeException trouble) {
                log.warn(
                        "The engine is not told for now: {}; trying again in {} s",
                        trouble.getMessage(),
                        IDLE.toSeconds());
                worker.rest(IDLE);
            }
        }
    }

    private int beginJourneys() {
        var taken = journeys.takeToStart(settings.inFlight(), settings.inDoubt());
        await(taken.stream().map(this::begin).toList());
        return taken.size();
    }

    private int publish(String life) {
        var taken = milestones.takeToPublish(settings.inFlight(), settings.inDoubt());
        await(taken.stream().map(milestone -> publish(life, milestone)).toList());
        return taken.size();
    }

    /** Ends what nobody waits for any more. Whoever cancels an instance writes its end: its own listener does not run. */
    private int endCancelled(String life) {
        int ended = 0;
        for (var key : milestones.toEnd()) {
            var travel = journeys.find(key).map(Journey::travel);
            if (travel.isPresent() && travel.get().engineEpoch().equals(life)) {
                commands.cancel(travel.get().processInstanceKey());
                journeys.end(key, travel.get());
                milestones.close(key);
                log.info("The journey of {} is ended: its order was cancelled", key);
                ended++;
            }
        }
        return ended;
    }

    private CompletionStage<?> begin(JourneyKey key) {
        var order = orders.find(key).orElseThrow();
        var before = journeys.find(key).map(Journey::travel);
        var begun = before.isPresent() ? commands.beginAgain(order, before.get().processId()) : commands.begin(order);
        return begun.handle((done, trouble) -> {
            count(trouble, "The journey of " + key + " could not be started");
            if (trouble != null) {
                journeys.startFailed(key, pause(), message(trouble));
            }
            return done;
        });
    }

    private CompletionStage<?> publish(String life, Milestone milestone) {
        return commands.publish(life, milestone).handle((done, trouble) -> {
            count(trouble, "The milestone " + milestone.name() + " of " + milestone.key() + " could not be published");
            if (trouble == null) {
                milestones.published(
                        milestone.id(),
                        settings.messageTimeToLive().multipliedBy(6).dividedBy(7));
            } else {
                milestones.publishFailed(milestone.id(), pause());
            }
            return done;
        });
    }

    private static void await(List<? extends CompletionStage<?>> stages) {
        CompletableFuture.allOf(stages.stream()
                        .map(stage -> stage.toCompletableFuture().exceptionally(told -> null))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void count(@Nullable Throwable trouble, String what) {
        if (trouble == null) {
            if (failuresInARow.getAndSet(0) > 0) {
                log.info("The engine listens again");
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
