package io.porchlight;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when it was asked to end and does not. Nothing is lost by it: what was on its way is found again by its
 * lease. It is needed because Camunda's client (8.8.14) may wait for ever: a job stream that is opened again after its worker
 * was closed, as happens while the cluster is away, keeps its lock ({@code JobStreamerImpl.open}), and the client's own
 * closing, which closes each worker once more, wants that lock.
 */
final class LastResort {

    private static final Logger log = LoggerFactory.getLogger(LastResort.class);

    /** What a process answers that was ended by SIGTERM. */
    private static final int TERMINATED = 143;

    private LastResort() {}

    /** Gives the process so much time from the moment when it is asked to end. */
    static void after(Duration patience) {
        // The hook itself returns at once, for the JVM waits for hooks; it does not wait for a daemon.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Thread.ofPlatform()
                        .daemon()
                        .name("last-resort")
                        .start(() -> {
                            sleep(patience);
                            log.warn("Porchlight did not stop within {} s and is ended now", patience.toSeconds());
                            Runtime.getRuntime().halt(TERMINATED);
                        })));
    }

    private static void sleep(Duration patience) {
        try {
            Thread.sleep(patience);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
