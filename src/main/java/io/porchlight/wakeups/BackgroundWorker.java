package io.porchlight.wakeups;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that works for as long as the application runs, rests when there is nothing to do, and is woken by whoever has
 * something. A wake-up that comes while it works is not lost: the next rest ends at once.
 */
public abstract class BackgroundWorker implements SmartLifecycle {

    private static final Duration LAST_ROUND = Duration.ofSeconds(15);

    private final String name;
    private final Semaphore bell = new Semaphore(0);
    private volatile @Nullable Thread thread;

    /** A worker that has not begun; the name is its thread's. */
    protected BackgroundWorker(String name) {
        this.name = name;
    }

    /** Goes on for as long as {@link #isRunning}. */
    protected abstract void work();

    @Override
    public final void start() {
        var worker = Thread.ofPlatform().name(name).unstarted(this::work);
        thread = worker;
        worker.start();
    }

    /** Asks it to end, and waits a while for what it is just doing. */
    @Override
    public final void stop() {
        var worker = thread;
        thread = null;
        wake();
        if (worker != null) {
            try {
                worker.join(LAST_ROUND);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final boolean isRunning() {
        return thread != null;
    }

    /** There is something to do. */
    protected final void wake() {
        bell.release();
    }

    /** To be called by the work itself: waits until it is woken, or so long. */
    protected final void rest(Duration longest) {
        try {
            bell.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
