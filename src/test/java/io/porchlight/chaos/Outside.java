package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.RunningPorchlight;
import io.porchlight.chaos.Invariants.Violation;
import io.porchlight.orders.JourneyKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lives on while applications are killed, frozen and stopped: database, engine, mail server and customers. */
final class Outside {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int TOO_MANY = 429;

    final Scene scene = Scene.onPostgres();
    final JdbcClient jdbc = scene.jdbc();
    private final Path folder;

    Outside(Path folder) {
        this.folder = folder;
    }

    /** Starts an application here; it is not ready yet. */
    RunningPorchlight starts(String name, String... more) throws IOException {
        return RunningPorchlight.inAHurry(folder.resolve(name), settings(more));
    }

    List<String> settings(String... more) {
        var settings = new ArrayList<>(scene.settings());
        settings.addAll(List.of(
                "porchlight.engine.mode=remote",
                "porchlight.secret=" + Rows.SECRET,
                "porchlight.brands.bottega.api-keys=" + Customers.KEY,
                "porchlight.story.enabled=false",
                "porchlight.notifications.lease=3s",
                "porchlight.ledger.again-after=10s",
                "porchlight.journeys.in-doubt=3s",
                "camunda.client.request-timeout=3s",
                "camunda.client.worker.defaults.timeout=3s"));
        // Said twice, a setting would have two values.
        for (var setting : more) {
            settings.removeIf(usual -> usual.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            settings.add(setting);
        }
        return settings.stream().map(setting -> "--" + setting).toList();
    }

    /** A whole story, each step when the letter before it is settled; the shop takes no silence for an answer. */
    void story(RunningPorchlight porchlight) {
        var key = new JourneyKey("bottega", "story-" + NUMBERS.incrementAndGet());
        orders(porchlight, key);
        awaitSettled(key, 1);
        hears(porchlight, key, "shipped");
        awaitSettled(key, 2);
        hears(porchlight, key, "delivered");
        awaitSettled(key, 3);
    }

    void orders(RunningPorchlight porchlight, JourneyKey key) {
        insist(porchlight, "/api/orders", Customers.order(key, Instant.now()));
    }

    private static void hears(RunningPorchlight porchlight, JourneyKey key, String milestone) {
        insist(
                porchlight,
                "/api/orders/bottega/" + key.orderId() + "/milestones",
                "{\"id\":\"%1$s-1\",\"name\":\"%1$s\"}".formatted(milestone));
    }

    /** Whoever is told that too many come at once comes again. */
    private static void insist(RunningPorchlight porchlight, String path, String body) {
        await("the shop's " + body + " is taken", () -> {
            int answer = porchlight.post(path, body);
            assertThat(answer).as(body).isIn(200, 202, TOO_MANY);
            return answer != TOO_MANY;
        });
    }

    /** How many have ordered. */
    int customers() {
        return jdbc.sql("select count(*) from orders").query(Integer.class).single();
    }

    void awaitSettled(JourneyKey key, int letters) {
        try {
            await(
                    letters + " letters of " + key + " are settled",
                    () -> jdbc.sql("""
                                    select count(*) from notification where journey_key = :key
                                    and state in ('SENT', 'UNKNOWN', 'SKIPPED', 'FAILED')
                                    """)
                                    .param("key", key.toString())
                                    .query(Integer.class)
                                    .single()
                            >= letters);
        } catch (AssertionError inVain) {
            throw new AssertionError(inVain.getMessage() + ": " + known(key), inVain);
        }
    }

    /** All rows that tell about an order, for whoever has to find out why its customer waits. */
    private String known(JourneyKey key) {
        return Stream.of("journey", "milestone", "notification")
                .map(table -> table + " "
                        + jdbc.sql("select * from " + table + " where journey_key = :key")
                                .param("key", key.toString())
                                .query()
                                .listOfRows())
                .collect(Collectors.joining(", "));
    }

    /** How many letters there are in each state. */
    Map<String, Integer> states() {
        var states = new TreeMap<String, Integer>();
        jdbc.sql("select state, count(*) as letters from notification group by state")
                .query((row, number) -> states.put(row.getString("state"), row.getInt("letters")))
                .list();
        return states;
    }

    int letters(String state) {
        return states().getOrDefault(state, 0);
    }

    /** Until no letter is being handed over, nor will be once more. */
    void awaitQuiet() {
        await(
                "nothing is on its way any more",
                () -> jdbc.sql("""
                                select count(*) from notification
                                where state in ('CLAIMED', 'ATTEMPTING') or again_at is not null
                                """).query(Integer.class).single() == 0);
    }

    List<Violation> violations() {
        return Invariants.violated(scene.record, jdbc, Instant.now());
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("In vain we waited until " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }
}
