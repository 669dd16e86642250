package io.porchlight.tracking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.porchlight.fulfillment.MilestonesRecorded;
import io.porchlight.ledger.NotificationSettled;
import io.porchlight.orders.JourneyKey;
import io.porchlight.wakeups.Wakeups;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The pages that customers have open. No thread waits for any of them: one thread tells all of them what has happened, at
 * most ten times a second each.
 */
@Component
class OpenPages implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OpenPages.class);

    /** Changes that come together are told together. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** The topic on which all instances hear of an order that has changed. */
    private static final String ORDER = "order";

    private final TrackingSettings settings;
    private final Wakeups wakeups;
    private final Map<JourneyKey, Set<OpenPage>> pages = new ConcurrentHashMap<>();
    private final Set<JourneyKey> changed = ConcurrentHashMap.newKeySet();
    private final Semaphore opened = new Semaphore(0);
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Thread teller;

    OpenPages(TrackingSettings settings, Wakeups wakeups, MeterRegistry meters) {
        this.settings = settings;
        this.wakeups = wakeups;
        wakeups.subscribe(ORDER, key -> happened(JourneyKey.parse(key)), () -> changed.addAll(pages.keySet()));
        Gauge.builder("porchlight.tracking.open.pages", count, AtomicInteger::get)
                .description("Customers' pages that are open and kept live")
                .baseUnit("pages")
                .register(meters);
    }

    /**
     * Keeps a page live.
     *
     * @param version what a page of this order should be showing; asked after the page is on the list, so that nothing
     *     falls between
     * @return empty when there are too many already
     */
    Optional<SseEmitter> open(JourneyKey key, Supplier<String> version) {
        if (teller == null || count.incrementAndGet() > settings.openPages()) {
            count.decrementAndGet();
            return Optional.empty();
        }
        var page = new OpenPage(settings.streamFor());
        if (!add(key, page)) {
            count.decrementAndGet();
            return Optional.empty();
        }
        opened.release();
        page.onEnd(() -> remove(key, page));
        try {
            page.show(version.get());
        } catch (RuntimeException unreadable) {
            remove(key, page);
            throw unreadable;
        }
        return Optional.of(page.stream());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(MilestonesRecorded recorded) {
        changed(recorded.key());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(NotificationSettled settled) {
        changed(settled.key());
    }

    /** Tells the order's open pages, here and elsewhere, to look; to be called after the commit. */
    void changed(JourneyKey key) {
        wakeups.publish(ORDER, key.toString());
    }

    @Override
    public void start() {
        teller = Thread.ofPlatform().name("open-pages").daemon().start(this::tell);
    }

    /** Lets go of all pages, which come back by themselves; the web server would wait for them. */
    @Override
    public void stop() {
        var thread = teller;
        teller = null;
        if (thread != null) {
            thread.interrupt();
            everyPage().forEach(OpenPage::end);
        }
    }

    @Override
    public boolean isRunning() {
        return teller != null;
    }

    /** How many pages are open. */
    int size() {
        return count.get();
    }

    private void happened(JourneyKey key) {
        if (pages.containsKey(key)) {
            changed.add(key);
        }
    }

    private void tell() {
        long roundsPerBeat = Math.max(1, settings.heartbeat().dividedBy(PAUSE));
        for (long round = 1; pause(); round++) {
            try {
                tellChanges();
                if (round % roundsPerBeat == 0) {
                    everyPage().forEach(OpenPage::beat);
                }
            } catch (RuntimeException unexpected) {
                log.error("Open pages could not be told what happened; the next round goes on", unexpected);
            }
        }
    }

    private void tellChanges() {
        for (var key : List.copyOf(changed)) {
            changed.remove(key);
            pages.getOrDefault(key, Set.of()).forEach(OpenPage::change);
        }
    }

    private Stream<OpenPage> everyPage() {
        return pages.values().stream().flatMap(Collection::stream);
    }

    /** While nobody looks there is nobody to tell. */
    private boolean pause() {
        try {
            if (count.get() == 0) {
                opened.acquire();
                opened.drainPermits();
            }
            Thread.sleep(PAUSE);
            return isRunning();
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private boolean add(JourneyKey key, OpenPage page) {
        var own = pages.compute(key, (order, open) -> {
            var all = open == null ? ConcurrentHashMap.<OpenPage>newKeySet() : open;
            if (all.size() < settings.openPagesPerOrder()) {
                all.add(page);
            }
            return all.isEmpty() ? null : all;
        });
        return own != null && own.contains(page);
    }

    private void remove(JourneyKey key, OpenPage page) {
        pages.computeIfPresent(key, (order, open) -> {
            if (open.remove(page)) {
                count.decrementAndGet();
            }
            return open.isEmpty() ? null : open;
        });
    }
}
