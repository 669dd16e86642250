package io.porchlight.wakeups;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells all instances that something is new, so that they look at once and not only at their next round. What is new stands
 * in the database: a wake-up carries no facts, may come twice and may get lost, and whoever hears it reads for themselves.
 *
 * <p>This instance hears its own wake-ups at once. Others hear them over PostgreSQL's LISTEN and NOTIFY; on H2 there are no
 * others.
 */
@Component
public class Wakeups implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Wakeups.class);

    private record Subscriber(Consumer<String> onKey, Runnable onGap) {}

    private final Map<String, List<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private final @Nullable PostgresLine line;
    private volatile boolean running;

    Wakeups(JdbcConnectionDetails database) {
        this.line = database.getJdbcUrl().startsWith("jdbc:postgresql:")
                ? new PostgresLine(database, this::tell, this::tellGap)
                : null;
    }

    /**
     * Wakes everybody who listens to a topic. To be called when the change is committed (from a
     * {@code TransactionalEventListener}, say), for whoever is woken reads at once.
     *
     * @param topic a word without spaces
     * @param key what to look at, such as a journey key; at most 2,000 characters
     */
    public void publish(String topic, String key) {
        tell(topic, key);
        if (line != null) {
            line.send(topic, key);
        }
    }

    /**
     * Listens to a topic, from now until the application ends. Both are called on threads that others wait for, so they
     * must be quick: take a note or ring a bell, and work elsewhere.
     *
     * @param onKey hears the key of each wake-up
     * @param onGap is called when wake-ups of other instances may have been missed, so that anything may be new
     */
    public void subscribe(String topic, Consumer<String> onKey, Runnable onGap) {
        subscribers
                .computeIfAbsent(topic, first -> new CopyOnWriteArrayList<>())
                .add(new Subscriber(onKey, onGap));
    }

    @Override
    public void start() {
        running = true;
        if (line != null) {
            line.open();
        }
    }

    @Override
    public void stop() {
        running = false;
        if (line != null) {
            line.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void tell(String topic, String key) {
        subscribers
                .getOrDefault(topic, List.of())
                .forEach(subscriber -> safely(() -> subscriber.onKey().accept(key)));
    }

    private void tellGap() {
        subscribers.values().forEach(all -> all.forEach(subscriber -> safely(subscriber.onGap())));
    }

    /** One subscriber's mistake does not keep the others asleep. */
    private static void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException mistake) {
            log.error("A wake-up was not taken; the subscriber finds it in its next round", mistake);
        }
    }
}
