package io.porchlight.wakeups;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/**
 * The line between instances: two connections of its own, outside the pool, one to speak and one to listen, each with its
 * thread. Whoever listens blocks the connection, and to take turns on one would wake an idle application many times a second.
 * It speaks after the commit, not in the sender's transaction, where NOTIFY would make all committers queue up. A broken
 * connection is opened again; what was missed meanwhile is told as a gap.
 */
final class PostgresLine {

    /** What is done on a connection until it breaks or the line is closed. */
    private interface Talk {
        void on(Connection connection) throws SQLException, InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(PostgresLine.class);

    private static final String CHANNEL = "porchlight";
    /** How long a word of ours waits for others, so that they are said together. */
    private static final Duration GATHERING = Duration.ofMillis(25);
    /** How long listening goes on after the line is closed, at most. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private static final Duration CHECK = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** More than this and the others have to find out in their next round. */
    private static final int MOST_WAITING = 10_000;

    private final JdbcConnectionDetails database;
    private final BiConsumer<String, String> heard;
    private final Runnable gap;
    private final String self = UUID.randomUUID().toString();
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile List<Thread> threads = List.of();

    PostgresLine(JdbcConnectionDetails database, BiConsumer<String, String> heard, Runnable gap) {
        this.database = database;
        this.heard = heard;
        this.gap = gap;
    }

    void open() {
        var living = List.of(
                thread("wake-ups", "Other instances are not heard", this::listen),
                thread("wake-ups-out", "Other instances do not hear this one", this::speak));
        threads = living;
        living.forEach(Thread::start);
    }

    private Thread thread(String name, String whenBroken, Talk talk) {
        return Thread.ofPlatform().name(name).daemon().unstarted(() -> live(whenBroken, talk));
    }

    void close() {
        var living = threads;
        threads = List.of();
        living.forEach(Thread::interrupt);
    }

    void send(String topic, String key) {
        waiting.offer(self + " " + topic + " " + key);
    }

    private void live(String whenBroken, Talk talk) {
        var pause = FIRST_PAUSE;
        while (mine()) {
            try (var connection = connect()) {
                pause = FIRST_PAUSE;
                talk.on(connection);
            } catch (SQLException broken) {
                if (mine()) {
                    log.warn(
                            "{}: {}; trying again in {} ms. Everybody looks by themselves, only later",
                            whenBroken,
                            broken.getMessage(),
                            pause.toMillis());
                    sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var listen = connection.createStatement()) {
            listen.execute("listen " + CHANNEL);
        }
        gap.run();
        var line = connection.unwrap(PGConnection.class);
        long checked = System.nanoTime();
        while (mine()) {
            for (var notification : line.getNotifications((int) TURN.toMillis())) {
                hear(notification.getParameter());
            }
            if (System.nanoTime() - checked > CHECK.toNanos()) {
                check(connection);
                checked = System.nanoTime();
            }
        }
    }

    private void speak(Connection connection) throws SQLException, InterruptedException {
        while (mine()) {
            var first = waiting.poll(CHECK.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                check(connection);
            } else {
                Thread.sleep(GATHERING);
                var words = new LinkedHashSet<>(Set.of(first));
                waiting.drainTo(words);
                say(connection, words);
            }
        }
    }

    private static void say(Connection connection, Set<String> words) throws SQLException {
        try (var say = connection.prepareStatement("select pg_notify(?, word) from unnest(?) as word")) {
            say.setString(1, CHANNEL);
            say.setArray(2, connection.createArrayOf("text", words.toArray()));
            say.execute();
        }
    }

    private static void check(Connection connection) throws SQLException {
        if (!connection.isValid((int) CHECK.toSeconds())) {
            throw new SQLException("the line to the database is dead");
        }
    }

    private void hear(String word) {
        var parts = word.split(" ", 3);
        if (parts.length == 3 && !parts[0].equals(self)) {
            heard.accept(parts[1], parts[2]);
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        PGProperty.APPLICATION_NAME.set(properties, "porchlight wake-ups");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) CHECK.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) CHECK.toSeconds());
        if (database.getUsername() != null) {
            PGProperty.USER.set(properties, database.getUsername());
        }
        if (database.getPassword() != null) {
            PGProperty.PASSWORD.set(properties, database.getPassword());
        }
        return DriverManager.getConnection(database.getJdbcUrl(), properties);
    }

    private boolean mine() {
        return threads.contains(Thread.currentThread());
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
