package io.porchlight.notifications;

import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.NotificationPlanned;
import io.porchlight.notifications.Gate.Admitted;
import io.porchlight.wakeups.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Claims what is due, as much as each channel can carry, and hands it over; a stop waits for what is on its way. */
@Component
class Dispatcher implements SmartLifecycle {

    /** A channel's way out. Each has hands of its own: a provider that hangs does not hold the others. */
    private record Lane(Carrier carrier, ExecutorService hands, Lookout lookout) {

        Lane(Carrier carrier) {
            this(
                    carrier,
                    Executors.newFixedThreadPool(
                            carrier.hands(),
                            Thread.ofPlatform().name(carrier.channel() + "-", 1).factory()),
                    new Lookout(System::nanoTime));
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration UNTIL_ROOM = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Gate gate;
    private final List<Carrier> carriers;
    private final Ledger ledger;
    private final NotificationSettings settings;
    private final Clock clock;
    private final LetterMeters meters;

    private final Pauses pauses = new Pauses();
    private final Semaphore bell = new Semaphore(0);
    private final Map<Long, Claim> underway = new ConcurrentHashMap<>();
    private volatile List<Lane> lanes = List.of();
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
        lanes.forEach(lane -> lane.lookout().tell());
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        lanes = carriers.stream().map(Lane::new).toList();
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
        lanes.forEach(lane -> lane.hands().shutdown());
        long end = System.nanoTime() + DRAIN.toNanos();
        for (var lane : lanes) {
            if (!lane.hands().awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                log.warn(
                        "{} letters were still on their way after {} s; their leases run out and the ledger will tell",
                        underway.size(),
                        DRAIN.toSeconds());
                break;
            }
        }
        lanes = List.of();
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
                    rest();
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

    /** Until somebody rings, or the next letter's time has come; others may plan letters that nobody tells us of. */
    private void rest() throws InterruptedException {
        var longest = lanes.stream().map(this::rest).min(Duration::compareTo).orElse(Lookout.IDLE);
        var nextDue = untilNextDue(longest);
        // Whole milliseconds, and one more: who comes too early comes twice.
        boolean rung = bell.tryAcquire(nextDue.orElse(longest).toMillis() + 1, TimeUnit.MILLISECONDS);
        bell.drainPermits();
        if (rung) {
            lanes.forEach(lane -> lane.lookout().stir()); // a letter that is over may have held up another one
        } else if (nextDue.isPresent()) {
            lanes.forEach(lane -> lane.lookout().tell());
        }
    }

    private Duration rest(Lane lane) {
        if (lane.carrier().room() <= 0) {
            return UNTIL_ROOM; // it comes back by itself, and nobody rings
        }
        return free(lane.carrier()) > 0 ? lane.lookout().rest() : Lookout.IDLE;
    }

    /** Empty when nothing falls due so soon, or we look again in a moment and need not ask. */
    private Optional<Duration> untilNextDue(Duration soon) {
        if (soon.compareTo(Lookout.SWEEP) <= 0) {
            return Optional.empty();
        }
        var now = clock.instant();
        return carriers.stream()
                .flatMap(carrier -> ledger.nextDue(carrier.channel()).stream())
                .map(due -> Duration.between(now, due))
                .filter(wait -> wait.compareTo(soon) < 0)
                .min(Duration::compareTo);
    }

    private int dispatch() {
        return lanes.stream().mapToInt(this::dispatch).sum();
    }

    private int dispatch(Lane lane) {
        int free = free(lane.carrier());
        if (free <= 0 || !lane.lookout().due()) {
            return 0;
        }
        var round = look(lane, free);
        for (var admitted : round.admitted()) {
            meters.claimed(admitted);
            underway.put(admitted.claim().notification().id(), admitted.claim());
            lane.hands().execute(() -> carry(lane.carrier(), admitted));
        }
        return round.seen();
    }

    /** What an instance left lying, or nobody knows the fate of, is seldom there: not every look is for that too. */
    private Gate.Round look(Lane lane, int free) {
        boolean sweep = lane.lookout().sweeps();
        var round = gate.round(lane.carrier().channel(), free, sweep);
        // There may be more than we had room for, or what was held up by those that do not go.
        boolean left = round.seen() == free || round.seen() > round.admitted().size();
        lane.lookout().looked(sweep && !round.begunBefore(), left);
        return round;
    }

    /** Whoever looks for one letter at a time pays the whole look for each. */
    private int free(Carrier carrier) {
        int places = carrier.hands() * 4 - underway(carrier.channel());
        return places < carrier.hands() * 2 ? 0 : Math.min(places, carrier.room());
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
