package io.porchlight.wakeups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.porchlight.database.Database;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** What one instance says, every instance hears. */
class WakeupsTest {

    private final String url = Database.postgresUrl();
    private final Instance one = new Instance(url);
    private final Instance two = new Instance(url);

    @AfterEach
    void stop() {
        one.wakeups.stop();
        two.wakeups.stop();
    }

    @Test
    void wakesOtherInstancesOverPostgres() {
        one.starts();
        two.starts();

        one.wakeups.publish("order", "bottega:1001");
        two.wakeups.publish("order", "bottega:ordine n° 7 / Zürich");
        two.wakeups.publish("elsewhere", "bottega:1002");

        for (var instance : List.of(one, two)) {
            await().untilAsserted(() -> assertThat(instance.heard)
                    .containsExactlyInAnyOrder("bottega:1001", "bottega:ordine n° 7 / Zürich"));
        }
    }

    @Test
    void hearsItselfAtOnceAndOnlyOnce() {
        one.starts();
        two.starts();

        one.wakeups.publish("order", "bottega:1");
        assertThat(one.heard).containsExactly("bottega:1");
        two.wakeups.publish("order", "bottega:2");

        await().untilAsserted(() -> assertThat(one.heard).containsExactly("bottega:1", "bottega:2"));
    }

    @Test
    void opensABrokenLineAgainAndTellsOfTheGap() throws SQLException {
        one.starts();
        two.starts();
        int gaps = one.gaps.get();

        try (var connection = DriverManager.getConnection(url);
                var cut = connection.createStatement()) {
            cut.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'porchlight wake-ups' and datname = current_database()");
        }

        await().untilAsserted(() -> assertThat(one.gaps).hasValueGreaterThan(gaps));
        await().untilAsserted(() -> {
            two.wakeups.publish("order", "bottega:after");
            assertThat(one.heard).contains("bottega:after");
        });
    }

    @Test
    void oneListenersMistakeDoesNotKeepTheOthersAsleep() {
        var alone = new Wakeups(at("jdbc:h2:mem:unused"));
        var heard = new ConcurrentLinkedQueue<String>();
        alone.subscribe(
                "order",
                key -> {
                    throw new IllegalStateException("a mistake of this test");
                },
                () -> {});
        alone.subscribe("order", heard::add, () -> {});

        alone.publish("order", "bottega:1");

        assertThat(heard).containsExactly("bottega:1");
    }

    private static JdbcConnectionDetails at(String url) {
        return new JdbcConnectionDetails() {
            @Override
            public @Nullable String getUsername() {
                return null;
            }

            @Override
            public @Nullable String getPassword() {
                return null;
            }

            @Override
            public String getJdbcUrl() {
                return url;
            }
        };
    }

    /** One of several Porchlights on the same database. */
    private static final class Instance {

        final Wakeups wakeups;
        final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        final AtomicInteger gaps = new AtomicInteger();

        Instance(String url) {
            wakeups = new Wakeups(at(url));
            wakeups.subscribe("order", heard::add, gaps::incrementAndGet);
        }

        /** It listens as soon as it has told of the first gap. */
        void starts() {
            wakeups.start();
            await().untilAsserted(() -> assertThat(gaps).hasPositiveValue());
        }
    }
}
