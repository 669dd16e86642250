package io.porchlight.journeys;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.fulfillment.MilestonesRecorded;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.OrderPlaced;
import io.porchlight.orders.Orders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

    private final Semaphore bell = new Semaphore(0);
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile @Nullable Thread thread;

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
        bell.release();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(MilestonesRecorded recorded) {
        bell.release();
    }

    @EventListener
    void on(JourneysReady ready) {
        bell.release();
    }

    @Override
    public void start() {
        var worker = Thread.ofPlatform().name("outbox").unstarted(this::work);
        thread = worker;
        worker.start();
    }

    @Override
    public void stop() {
        var worker = thread;
        thread = null;
        bell.release();
        if (worker != null) {
            try {
                worker.join(Duration.ofSeconds(15));
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void work() {
        while (isRunning()) {
            try {
                var life = epoch.current();
                if (life.isEmpty() || beginJourneys() + publish(life.get()) == 0) {
                    milestones.publishForgotten();
                    rest(IDLE);
                } else if (failuresInARow.get() > 0) {
                    rest(pause());
                }
            } catch (RuntimeException trouble) {
                log.warn(
                        "The engine is not told for now: {}; trying again in {} s",
                        trouble.getMessage(),
                        IDLE.toSeconds());
                rest(IDLE);
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

    private void rest(Duration longest) {
        try {
            bell.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
