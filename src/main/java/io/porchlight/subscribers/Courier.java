package io.porchlight.subscribers;

import io.porchlight.subscribers.Answer.Gone;
import io.porchlight.subscribers.Answer.NotTaken;
import io.porchlight.subscribers.Answer.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells subscribers what waits for them. It looks when something was committed, when the next attempt is due, and otherwise
 * every half a minute. Each subscriber has calls of its own: a dead one holds up nobody else.
 */
@Component
class Courier implements SmartLifecycle {

    /** Calls to one subscriber at the same time. */
    static final int AT_ONCE = 4;

    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration LEASE = Line.PATIENCE.multipliedBy(3);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final Subscribers subscribers;
    private final Announcements announcements;
    private final Line line;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    private final Semaphore bell = new Semaphore(0);
    private final Map<Subscriber, Semaphore> free;
    private final Set<Subscriber> toldTroubles = ConcurrentHashMap.newKeySet();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Thread loop;
    private volatile boolean running;
    private Instant nextSweep = Instant.EPOCH;

    Courier(Subscribers subscribers, Announcements announcements, Line line, Clock clock) {
        this.subscribers = subscribers;
        this.announcements = announcements;
        this.line = line;
        this.clock = clock;
        this.free = subscribers.all().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), one -> new Semaphore(AT_ONCE)));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AnnouncementWritten written) {
        wake();
    }

    void wake() {
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        if (!free.isEmpty()) {
            loop = Thread.ofPlatform().name("courier").start(this::work);
        }
    }

    /** Whom a call interrupts is called again: subscribers may hear things twice, never not at all. */
    @Override
    public void stop() {
        running = false;
        wake();
        try {
            if (loop != null) {
                loop.join();
            }
            calls.shutdown();
            if (!calls.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("Some subscribers did not answer before the end; they are called again");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        line.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        var pause = MOMENT;
        boolean known = false;
        while (running) {
            bell.drainPermits();
            try {
                if (!known) {
                    subscribers.all().forEach(announcements::know);
                    known = true;
                }
                sweep();
                pause = round();
            } catch (RuntimeException trouble) {
                log.warn("Subscribers wait: {}; trying again in {} s", trouble.getMessage(), IDLE.toSeconds());
                pause = IDLE;
            }
            rest(pause);
        }
    }

    private void rest(Duration pause) {
        try {
            bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        var now = clock.instant();
        if (now.isAfter(nextSweep)) {
            announcements.sweep(KEPT);
            nextSweep = now.plus(BETWEEN_SWEEPS);
        }
    }

    /** Has everybody called whom something is due for; returns how long nothing more will be. */
    private Duration round() {
        var pause = IDLE;
        for (var subscriber : subscribers.all()) {
            var room = free.get(subscriber);
            if (room == null || room.availablePermits() == 0) {
                continue;
            }
            var due = announcements.nextDue(subscriber);
            if (due.isEmpty()) {
                continue;
            }
            var wait = Duration.between(clock.instant(), due.get());
            if (!wait.isPositive()) {
                announcements
                        .take(subscriber, room.availablePermits(), LEASE)
                        .forEach(one -> send(subscriber, one, room));
                wait = MOMENT;
            }
            pause = wait.compareTo(pause) < 0 ? wait.plusMillis(1) : pause;
        }
        return pause;
    }

    private void send(Subscriber subscriber, Announcement announcement, Semaphore room) {
        room.acquireUninterruptibly();
        calls.execute(() -> {
            try {
                settle(subscriber, announcement, line.call(subscriber, announcement));
            } catch (RuntimeException trouble) {
                log.warn("{} is called again soon: {}", subscriber, trouble.toString());
            } finally {
                room.release();
                wake();
            }
        });
    }

    private void settle(Subscriber subscriber, Announcement announcement, Answer answer) {
        switch (answer) {
            case Taken taken -> {
                announcements.delivered(subscriber, announcement);
                toldTroubles.remove(subscriber);
            }
            case Gone gone -> {
                announcements.disable(subscriber, "it answered 410 Gone and is told nothing more");
                log.error(
                        "Subscriber {} answered 410 Gone and is told nothing more; POST /api/subscribers/{}/{}/replay"
                                + " begins again",
                        subscriber,
                        subscriber.brand(),
                        subscriber.name());
            }
            case NotTaken notTaken -> notTaken(subscriber, announcement, notTaken);
        }
    }

    private void notTaken(Subscriber subscriber, Announcement announcement, NotTaken answer) {
        String why = answer.why().length() <= 500 ? answer.why() : answer.why().substring(0, 499) + "…";
        var now = clock.instant();
        var later = RetrySchedule.after(announcement.attempts(), random);
        if (later.isEmpty()) {
            announcements.giveUp(subscriber, announcement, why);
            tellOnce(subscriber, announcement, why);
            return;
        }
        announcements.putOff(subscriber, announcement, now.plus(later.get()), why);
        if (answer.rest() != null) {
            announcements.rest(subscriber, now.plus(answer.rest()));
        }
    }

    private void tellOnce(Subscriber subscriber, Announcement announcement, String why) {
        if (toldTroubles.add(subscriber)) {
            log.error(
                    "Subscriber {} did not take {} in {} attempts ({}): given up, as is what fails like it from now on;"
                            + " GET /api/subscribers/{} tells how it stands",
                    subscriber,
                    announcement.type(),
                    announcement.attempts(),
                    why,
                    subscriber.brand());
        }
    }
}
