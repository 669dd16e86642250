package io.porchlight.engine;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** One running broker process. */
final class Broker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What Spring Boot writes; the broker's process stays alive after it, with its threads idle. */
    private static final Pattern START_FAILED = Pattern.compile("APPLICATION FAILED TO START|Application run failed");

    private final Process process;
    private final URI health;
    private final BrokerHome home;
    private final Duration farewell;
    private final long startedAt = System.nanoTime();

    Broker(Process process, URI health, BrokerHome home, Duration farewell) {
        this.process = process;
        this.health = health;
        this.home = home;
        this.farewell = farewell;
    }

    /** Waits until the broker takes commands; false if it ended, failed, or took longer than anyone would wait. */
    boolean awaitReady() throws InterruptedException {
        while (process.isAlive() && age().compareTo(PATIENCE) < 0) {
            if (isHealthy()) {
                return true;
            }
            if (START_FAILED.matcher(home.written()).find()) {
                return false;
            }
            Thread.sleep(200);
        }
        return false;
    }

    private boolean isHealthy() {
        try {
            var connection = (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits until the process ends, and answers its exit code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    @Override
    public void close() {
        try {
            end(process.toHandle(), farewell);
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the process to end, and insists when it has not by then. */
    static void end(ProcessHandle process, Duration patience) throws InterruptedException {
        process.destroy();
        if (!endsWithin(process, patience)) {
            process.destroyForcibly();
            endsWithin(process, patience);
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            return false;
        }
        return true;
    }
}
