package io.porchlight.wakeups;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/**
 * The line between instances: one connection of its own, outside the pool, on which one thread both speaks and listens. It
 * speaks after the commit, not in the sender's transaction, where NOTIFY would make all committers queue up. A broken line
 * is opened again; what was missed meanwhile is told as a gap.
 */
final class PostgresLine {

    private static final Logger log = LoggerFactory.getLogger(PostgresLine.class);

    private static final String CHANNEL = "porchlight";
    /** How long a word of ours may have to wait while we listen. */
    private static final Duration TURN = Duration.ofMillis(50);

    private static final Duration CHECK = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** More than this and the others have to find out in their next round. */
    private static final int MOST_WAITING = 10_000;

    private final JdbcConnectionDetails database;
    private final BiConsumer<String, String> heard;
    private final Runnable gap;
    private final String self = UUID.randomUUID().toString();
    private final Set<String> waiting = new LinkedHashSet<>();
    private volatile @Nullable Thread thread;

    PostgresLine(JdbcConnectionDetails database, BiConsumer<String, String> heard, Runnable gap) {
        this.database = database;
        this.heard = heard;
        this.gap = gap;
    }

    void open() {
        thread = Thread.ofPlatform().name("wake-ups").daemon().start(this::live);
    }

    void close() {
        var living = thread;
        thread = null;
        if (living != null) {
            living.interrupt();
        }
    }

    void send(String topic, String key) {
        synchronized (waiting) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(self + " " + topic + " " + key);
            }
        }
    }

    private void live() {
        var pause = FIRST_PAUSE;
        while (mine()) {
            try (var connection = connect()) {
                pause = FIRST_PAUSE;
                gap.run();
                talk(connection);
            } catch (SQLException broken) {
                if (mine()) {
                    log.warn(
                            "Wake-ups reach only this instance: {}; trying again in {} ms. The others look by themselves,"
                                    + " only later",
                            broken.getMessage(),
                            pause.toMillis());
                    sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        }
    }

    private void talk(Connection connection) throws SQLException {
        var line = connection.unwrap(PGConnection.class);
        long checked = System.nanoTime();
        while (mine()) {
            speak(connection);
            for (var notification : line.getNotifications((int) TURN.toMillis())) {
                hear(notification.getParameter());
            }
            if (System.nanoTime() - checked > CHECK.toNanos()) {
                if (!connection.isValid((int) CHECK.toSeconds())) {
                    throw new SQLException("the line to the database is dead");
                }
                checked = System.nanoTime();
            }
        }
    }

    private void speak(Connection connection) throws SQLException {
        Object[] words;
        synchronized (waiting) {
            words = waiting.toArray();
            waiting.clear();
        }
        if (words.length > 0) {
            try (var say = connection.prepareStatement("select pg_notify(?, word) from unnest(?) as word")) {
                say.setString(1, CHANNEL);
                say.setArray(2, connection.createArrayOf("text", words));
                say.execute();
            }
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
        var connection = DriverManager.getConnection(database.getJdbcUrl(), properties);
        try (var listen = connection.createStatement()) {
            listen.execute("listen " + CHANNEL);
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
        return connection;
    }

    private boolean mine() {
        return Thread.currentThread().equals(thread);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
