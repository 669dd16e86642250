package io.porchlight.notifications;

import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.NotificationPlanned;
import io.porchlight.notifications.Gate.Admitted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Claims what is due, as much as the post office can carry, and hands it over; a stop waits for what is on its way. */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Gate gate;
    private final PostOffice postOffice;
    private final Ledger ledger;
    private final NotificationSettings settings;
    private final Clock clock;

    private final Semaphore bell = new Semaphore(0);
    private final Map<Long, Claim> underway = new ConcurrentHashMap<>();
    private final int capacity;
    private @Nullable Thread loop;
    private @Nullable ExecutorService carriers;
    private volatile boolean running;
    private Instant nextRenewal = Instant.EPOCH;

    Dispatcher(Gate gate, PostOffice postOffice, Ledger ledger, NotificationSettings settings, Clock clock) {
        this.gate = gate;
        this.postOffice = postOffice;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.capacity = settings.connections() * 4;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(NotificationPlanned planned) {
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        var pool = Executors.newFixedThreadPool(
                settings.connections(), Thread.ofPlatform().name("post-", 1).factory());
        carriers = pool;
        loop = Thread.ofPlatform().name("dispatcher").start(() -> work(pool));
    }

    @Override
    public void stop() {
        running = false;
        bell.release();
        try {
            if (loop != null && carriers != null) {
                loop.join();
                drain(carriers);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        postOffice.close();
    }

    private void drain(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn(
                    "{} letters were still on their way after {} s; their leases run out and the ledger will tell",
                    underway.size(),
                    DRAIN.toSeconds());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work(ExecutorService pool) {
        while (running) {
            try {
                keepLeases();
                if (dispatch(pool) == 0) {
                    bell.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                    bell.drainPermits();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException trouble) {
                log.warn("Letters wait: {}; trying again in {} s", trouble.getMessage(), IDLE.toSeconds());
                pause();
            }
        }
    }

    private int dispatch(ExecutorService pool) {
        int free = Math.min(capacity - underway.size(), postOffice.room());
        if (free <= 0) {
            return 0;
        }
        var round = gate.round(free);
        for (var admitted : round.admitted()) {
            underway.put(admitted.claim().notification().id(), admitted.claim());
            pool.execute(() -> carry(admitted));
        }
        return round.seen();
    }

    private void carry(Admitted admitted) {
        try {
            postOffice.carry(admitted);
        } catch (RuntimeException trouble) {
            log.warn(
                    "Notification {} of {} stays claimed until its lease runs out: {}",
                    admitted.facts().notification().step(),
                    admitted.facts().notification().key(),
                    trouble.toString());
        } finally {
            underway.remove(admitted.claim().notification().id());
            bell.release();
        }
    }

    private void keepLeases() {
        var now = clock.instant();
        boolean setBack = nextRenewal.isAfter(now.plus(settings.lease()));
        if (setBack || now.isAfter(nextRenewal)) {
            ledger.renew(underway.values(), settings.lease());
            if (ledger.settleAbandoned() > 0) {
                log.warn("Some letters were being handed over when Porchlight stopped; the ledger has them as unknown");
            }
            nextRenewal = now.plus(settings.lease().dividedBy(4));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
