package io.porchlight.wakeups;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that works until it is stopped, rests when there is nothing to do, and is woken by whoever has something. A wake-up
 * that comes while it works is not lost: the next rest ends at once.
 */
public final class BackgroundWorker {

    private static final Duration LAST_ROUND = Duration.ofSeconds(15);

    private final String name;
    private final Runnable work;
    private final Semaphore bell = new Semaphore(0);
    private volatile @Nullable Thread thread;

    /**
     * A worker that has not begun.
     *
     * @param work goes on for as long as {@link #isRunning}
     */
    public BackgroundWorker(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public void start() {
        var worker = Thread.ofPlatform().name(name).unstarted(work);
        thread = worker;
        worker.start();
    }

    /** Asks it to end, and waits a while for what it is just doing. */
    public void stop() {
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

    public boolean isRunning() {
        return thread != null;
    }

    public void wake() {
        bell.release();
    }

    /** To be called by the work itself: waits until it is woken, or so long. */
    public void rest(Duration longest) {
        try {
            bell.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
