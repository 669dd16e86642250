package io.porchlight.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

/** Keeps the local broker running for as long as the application runs, and says each time that it is ready. */
final class LocalEngine implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalEngine.class);

    /** A broker that was ready for this long has earned a restart without a pause. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    private static final int FAILURES_UNTIL_COMPLAINT = 3;

    private final BrokerLauncher launcher;
    private final BrokerHome home;
    private final ApplicationEventPublisher events;

    /** Listeners may take their time, and talk to the broker meanwhile: the supervisor never waits for them. */
    private final ExecutorService announcements = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("engine-ready").daemon().factory());

    private final CountDownLatch applicationStarted = new CountDownLatch(1);

    private @Nullable Thread supervisor;
    private int failures;

    LocalEngine(BrokerLauncher launcher, BrokerHome home, ApplicationEventPublisher events) {
        this.launcher = launcher;
        this.home = home;
        this.events = events;
    }

    /** Returns at once: orders are accepted before the broker is up. */
    @Override
    public synchronized void start() {
        supervisor = Thread.ofPlatform().name("camunda-broker").daemon().start(this::supervise);
    }

    private void supervise() {
        try {
            launcher.endLeftovers();
            while (true) {
                runOnce();
                Thread.sleep(pause());
            }
        } catch (InterruptedException stopped) {
            log.info("The Camunda broker is stopped.");
        }
    }

    private void runOnce() throws InterruptedException {
        try (var broker = launcher.launch()) {
            if (failures == 0) {
                log.info("Starting the Camunda broker (its log is {}) …", home.log());
            }
            if (broker.awaitReady()) {
                announce(broker.age());
                endedByItself(broker);
            } else {
                failed();
            }
        } catch (IOException e) {
            failures++;
            log.error("Cannot start the Camunda broker: {}", e.toString());
        }
    }

    private void announce(Duration startup) throws IOException {
        var ready = new EngineReady(home.epoch());
        log.info("The Camunda broker is ready after {} s.", startup.toSeconds());
        announcements.execute(() -> publish(ready));
    }

    private void publish(EngineReady ready) {
        try {
            applicationStarted.await();
            events.publishEvent(ready);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("The news that the Camunda broker is ready was not taken well", e);
        }
    }

    private void endedByItself(Broker broker) throws InterruptedException {
        var readyAt = broker.age();
        var exitCode = broker.awaitEnd();
        failures = broker.age().minus(readyAt).compareTo(PROVEN) > 0 ? 0 : failures + 1;
        log.warn("The Camunda broker ended by itself (exit code {}); starting it again …", exitCode);
    }

    private void failed() {
        failures++;
        if (failures == FAILURES_UNTIL_COMPLAINT) {
            log.error(
                    "The Camunda broker does not start. {} It is tried again every minute. The end of {}:\n{}",
                    StartFailure.of(home.written()).advice(),
                    home.log(),
                    home.lastLines());
        }
    }

    private Duration pause() {
        return failures <= 1 ? Duration.ZERO : Duration.ofSeconds(failures <= FAILURES_UNTIL_COMPLAINT ? 2 : 60);
    }

    @EventListener(ContextRefreshedEvent.class)
    void onApplicationStarted() {
        applicationStarted.countDown();
    }

    @Override
    public synchronized void stop() {
        if (supervisor != null) {
            supervisor.interrupt();
            try {
                supervisor.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            supervisor = null;
        }
        announcements.shutdownNow();
    }

    @Override
    public synchronized boolean isRunning() {
        return supervisor != null;
    }

    /** For an application that fails while it starts. */
    @Override
    public void close() {
        stop();
    }

    /** First to start and last to stop: everything else may still talk to the broker. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
