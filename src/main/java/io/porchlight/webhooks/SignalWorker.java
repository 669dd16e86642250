package io.porchlight.webhooks;

import io.porchlight.fulfillment.ParcelNamed;
import io.porchlight.fulfillment.Unclaimed;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.OrderPlaced;
import io.porchlight.signals.SignalsReceived;
import io.porchlight.signals.Understanding;
import io.porchlight.wakeups.BackgroundWorker;
import io.porchlight.wakeups.Pauses;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Has the inbox worked off, at once when something comes in, and now and then for what a crash left lying. */
@Component
class SignalWorker extends BackgroundWorker {

    private static final Logger log = LoggerFactory.getLogger(SignalWorker.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int AT_ONCE = 50;

    private final Understanding understanding;
    private final Unclaimed unclaimed;
    private final Pauses pauses = new Pauses();
    private final ConcurrentLinkedQueue<JourneyKey> news = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean received = new AtomicBoolean(true);
    private long nextLook = System.nanoTime();
    private long nextHour = System.nanoTime();

    SignalWorker(Understanding understanding, Unclaimed unclaimed) {
        super("signals");
        this.understanding = understanding;
        this.unclaimed = unclaimed;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(SignalsReceived something) {
        received.set(true);
        wake();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(OrderPlaced placed) {
        wake(placed.key());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ParcelNamed named) {
        wake(named.key());
    }

    private void wake(JourneyKey key) {
        news.add(key);
        wake();
    }

    private void wakeWaiting() {
        var keys = new LinkedHashSet<JourneyKey>();
        while (keys.size() < AT_ONCE && !news.isEmpty()) {
            keys.add(news.remove());
        }
        if (!keys.isEmpty()) {
            try {
                if (understanding.wake(keys) > 0) {
                    received.set(true);
                }
            } catch (RuntimeException databaseAway) {
                news.addAll(keys);
                throw databaseAway;
            }
        }
    }

    /** Looks when there is a reason to, and now and then: a milestone that came over the API is none. */
    private boolean understand() {
        if (!received.getAndSet(false) && System.nanoTime() - nextLook < 0) {
            return false;
        }
        nextLook = System.nanoTime() + IDLE.toNanos();
        boolean found = understanding.work(AT_ONCE) > 0;
        if (found) {
            received.set(true); // there may be more
        }
        return found;
    }

    /** A wait of a month is over an hour earlier or later. */
    private void giveUp() {
        if (System.nanoTime() - nextHour >= 0) {
            nextHour = System.nanoTime() + HOUR.toNanos();
            unclaimed.giveUp();
        }
    }

    @Override
    protected void work() {
        while (isRunning()) {
            try {
                wakeWaiting();
                if (!understand() && news.isEmpty()) {
                    giveUp();
                    rest(IDLE);
                }
                pauses.over();
            } catch (RuntimeException | StackOverflowError trouble) {
                received.set(true);
                var pause = pauses.next();
                log.warn("Signals wait for now: {}; trying again in {} ms", trouble.getMessage(), pause.toMillis());
                rest(pause);
            }
        }
    }
}
