package io.porchlight.notifications;

import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.NotificationPlanned;
import io.porchlight.notifications.Gate.Admitted;
import io.porchlight.wakeups.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Claims what is due, as much as each channel can carry, and hands it over; a stop waits for what is on its way. */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofMillis(250);
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Gate gate;
    private final List<Carrier> carriers;
    private final Ledger ledger;
    private final NotificationSettings settings;
    private final Clock clock;
    private final LetterMeters meters;

    private final Pauses pauses = new Pauses();
    private final Semaphore bell = new Semaphore(0);
    private final AtomicBoolean planned = new AtomicBoolean();
    private final Set<Carrier> expectant = new HashSet<>();
    private final Map<Long, Claim> underway = new ConcurrentHashMap<>();
    private final Map<Carrier, ExecutorService> hands = new LinkedHashMap<>();
    private final Map<Carrier, Long> nextSweep = new HashMap<>();
    private final Set<Carrier> unswept = new HashSet<>();
    private @Nullable Thread loop;
    private volatile boolean running;
    private Instant nextRenewal = Instant.EPOCH;

    Dispatcher(
            Gate gate,
            List<Carrier> carriers,
            Ledger ledger,
            NotificationSettings settings,
            Clock clock,
            LetterMeters meters) {
        this.gate = gate;
        this.carriers = carriers;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(NotificationPlanned letter) {
        planned.set(true);
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        // Each channel has hands of its own: a provider that hangs does not hold the others.
        carriers.forEach(carrier -> hands.put(
                carrier,
                Executors.newFixedThreadPool(
                        carrier.hands(),
                        Thread.ofPlatform().name(carrier.channel() + "-", 1).factory())));
        loop = Thread.ofPlatform().name("dispatcher").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        bell.release();
        try {
            if (loop != null) {
                loop.join();
                drain();
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        carriers.forEach(Carrier::close);
    }

    private void drain() throws InterruptedException {
        hands.values().forEach(ExecutorService::shutdown);
        long end = System.nanoTime() + DRAIN.toNanos();
        for (var pool : hands.values()) {
            if (!pool.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                log.warn(
                        "{} letters were still on their way after {} s; their leases run out and the ledger will tell",
                        underway.size(),
                        DRAIN.toSeconds());
                break;
            }
        }
        hands.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            try {
                keepLeases();
                if (dispatch() == 0) {
                    if (!bell.tryAcquire(rest().toMillis(), TimeUnit.MILLISECONDS)) {
                        expectant.addAll(hands.keySet()); // time has passed, and something may be due by it
                    }
                    bell.drainPermits();
                }
                pauses.over();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException trouble) {
                var pause = pauses.next();
                log.warn("Letters wait: {}; trying again in {} ms", trouble.getMessage(), pause.toMillis());
                sleep(pause);
            }
        }
    }

    /** Until the next letter's time has come, whatever its channel; others may plan letters that nobody tells us of. */
    private Duration rest() {
        var longest = unswept.isEmpty() ? IDLE : SWEEP;
        if (!underway.isEmpty()) {
            return longest; // each of them rings when it is over, so nobody has to be asked meanwhile
        }
        var now = clock.instant();
        return hands.keySet().stream()
                .flatMap(carrier -> ledger.nextDue(carrier.channel()).stream())
                // Whole milliseconds, and one more: who comes too early comes twice.
                .map(due -> Duration.between(now, due).plusMillis(1))
                .filter(wait -> wait.compareTo(longest) < 0)
                .min(Duration::compareTo)
                .orElse(longest);
    }

    private int dispatch() {
        if (planned.getAndSet(false)) {
            expectant.addAll(hands.keySet());
        }
        int seen = 0;
        for (var lane : hands.entrySet()) {
            seen += dispatch(lane.getKey(), lane.getValue());
        }
        return seen;
    }

    private int dispatch(Carrier carrier, ExecutorService pool) {
        // Whoever looks for one letter at a time pays the whole look for each.
        int places = carrier.hands() * 4 - underway(carrier.channel());
        int free = places < carrier.hands() * 2 ? 0 : Math.min(places, carrier.room());
        if (free <= 0) {
            unswept.remove(carrier); // there is room later, and a sweep with it
            return 0;
        }
        long now = System.nanoTime();
        boolean sweep = now - nextSweep.getOrDefault(carrier, now) >= 0;
        if (!sweep && !expectant.contains(carrier)) {
            unswept.add(carrier); // a letter that was carried may have held up another one: that waits for the sweep
            return 0;
        }
        var round = look(carrier, free, sweep);
        for (var admitted : round.admitted()) {
            meters.claimed(admitted);
            underway.put(admitted.claim().notification().id(), admitted.claim());
            pool.execute(() -> carry(carrier, admitted));
        }
        return round.seen();
    }

    /** What an instance left lying, or nobody knows the fate of, is seldom there: not every look is for that too. */
    private Gate.Round look(Carrier carrier, int free, boolean sweep) {
        expectant.remove(carrier);
        var round = gate.round(carrier.channel(), free, sweep);
        if (round.seen() == free || round.seen() > round.admitted().size()) {
            expectant.add(carrier); // there may be more, or what was held up by those that do not go
        }
        if (sweep && !round.begunBefore()) {
            nextSweep.put(carrier, System.nanoTime() + SWEEP.toNanos());
            unswept.remove(carrier);
        } else {
            unswept.add(carrier);
        }
        return round;
    }

    private int underway(String channel) {
        return (int) underway.values().stream()
                .filter(claim -> claim.notification().channel().equals(channel))
                .count();
    }

    private void carry(Carrier carrier, Admitted admitted) {
        try {
            carrier.carry(admitted);
            meters.carried(admitted);
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
            underway.values().forEach(claim -> ledger.renew(claim, settings.lease()));
            if (ledger.settleAbandoned() > 0) {
                log.warn("Some letters were being handed over when Porchlight stopped; the ledger has them as unknown");
            }
            nextRenewal = now.plus(settings.lease().dividedBy(4));
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
