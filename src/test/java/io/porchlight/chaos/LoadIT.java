package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.RunningPorchlight;
import io.porchlight.database.Database;
import io.porchlight.orders.JourneyKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shops and carriers keep posting while the application's own broker is killed and stays away; when it is back, it learns of
 * everything that came meanwhile, each once.
 */
@ExtendWith(Summary.class)
class LoadIT {

    private static final int PER_SECOND = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    private final String url = Database.postgresUrl();
    private final JdbcClient jdbc = Database.client(url);
    private final MailRecord record = new MailRecord(new ShiftedClock());
    private final MailServerInTrouble mail = new MailServerInTrouble(record);

    /** The figures of one run. */
    private record Figures(int backlog, Duration caughtUp, Duration answered) {}

    @Test
    void noSignalIsLostOrDoubledWhileTheBrokerIsAway() throws Exception {
        var figures = load(
                Duration.ofSeconds(20),
                Duration.ofSeconds(8),
                RunningPorchlight::inAHurry,
                // What the dead broker had handed out is free again soon.
                "--porchlight.journeys.in-doubt=5s",
                "--camunda.client.worker.defaults.timeout=5s");
        assertThat(figures.backlog()).as("the broker was away").isPositive();
    }

    /** Shorter with {@code -Dload.seconds=}; the broker is away for half of the time. */
    @Test
    @Tag("chaos")
    void tenMinutesOfSignalsAreAnsweredAtOnceAndPublishedSoonAfterFiveWithoutTheBroker() throws Exception {
        var whole = Duration.ofSeconds(Integer.getInteger("load.seconds", 600));
        var away = whole.dividedBy(2);
        var figures = load(whole, away, RunningPorchlight::asInstalled);
        assertThat(figures.answered()).isLessThan(Duration.ofSeconds(1));
        assertThat(figures.caughtUp()).isLessThan(away.plusSeconds(60));
    }

    /** How the application is started. */
    private interface Start {
        RunningPorchlight porchlight(Path home, List<String> settings) throws IOException;
    }

    private Figures load(Duration whole, Duration away, Start start, String... settings) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var stories = Stories.of(Math.toIntExact(whole.toSeconds() * PER_SECOND), seed);
        int grpc = RunningPorchlight.freePort();
        try (var broker = new Line(grpc);
                var porchlight = start.porchlight(folder.resolve("home"), settings(grpc, broker.port(), settings))) {
            begun(porchlight);
            try (var senders =
                    new OpenLoop(porchlight.uri("/webhooks/standard/bottega"), stories.postings(), PER_SECOND)) {
                TimeUnit.MILLISECONDS.sleep(whole.minus(away).toMillis() / 2);
                broker.cut();
                porchlight.killBroker();
                TimeUnit.MILLISECONDS.sleep(away.toMillis());
                var back = Instant.now();
                int backlog = untold(back);
                broker.mend();
                await("the backlog is published", () -> untold(back) == 0);
                var caughtUp = Duration.between(back, Instant.now());
                senders.awaitTaken(PATIENCE);
                tell(stories, seed, whole, away, senders, backlog, caughtUp);
                everythingOnce(stories);
                Report.tell("in the end the letters are %s; nothing is missing, nothing came twice"
                        .formatted(counts("select state, count(*) from notification group by state order by 1")));
                return new Figures(backlog, caughtUp, senders.within(990));
            }
        }
    }

    private static void tell(
            Stories stories,
            long seed,
            Duration whole,
            Duration away,
            OpenLoop senders,
            int backlog,
            Duration caughtUp) {
        Report.tell(
                "%d posts in %d s (seed %d), the broker away for %d s of them: answers %s, 50%% within %d ms, 99%% within %d ms, all within %d ms; %d milestones, journeys and signals had piled up, and the broker knew them after %d ms"
                        .formatted(
                                stories.postings().size(),
                                whole.toSeconds(),
                                seed,
                                away.toSeconds(),
                                senders.statuses(),
                                senders.within(500).toMillis(),
                                senders.within(990).toMillis(),
                                senders.within(1000).toMillis(),
                                backlog,
                                caughtUp.toMillis()));
    }

    private List<String> settings(int grpc, int line, String... more) {
        var settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + url,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.port(),
                "--porchlight.engine.grpc-port=" + grpc,
                "--camunda.client.grpc-address=http://127.0.0.1:" + line,
                "--porchlight.secret=" + Rows.SECRET,
                "--porchlight.story.enabled=false",
                "--porchlight.brands.bottega.api-keys=" + Customers.KEY,
                "--porchlight.webhooks.standard.bottega.secrets=" + OpenLoop.SECRET));
        settings.addAll(List.of(more));
        return settings;
    }

    /** A first journey travels, so the broker is up. */
    private void begun(RunningPorchlight porchlight) {
        var first = new JourneyKey("bottega", "first");
        porchlight.awaitReadyForOrders();
        assertThat(porchlight.post("/api/orders", Customers.order(first, Instant.now())))
                .isEqualTo(202);
        await("the first letter is sent", () -> count("select count(*) from notification where state = 'SENT'") == 1);
    }

    /** What came until then and the broker does not know: milestones, journeys, and signals that will be one of them. */
    private int untold(Instant until) {
        return jdbc.sql("""
                        select (select count(*) from milestone where state in ('NEW', 'WAITING') and received_at <= :until)
                            + (select count(*) from journey j join orders o on o.journey_key = j.journey_key
                                where j.state in ('WAITING', 'STARTING') and o.received_at <= :until)
                            + (select count(*) from signal where state = 'NEW' and received_at <= :until)
                        """)
                .param("until", Timestamp.from(until))
                .query(Integer.class)
                .single();
    }

    private void everythingOnce(Stories stories) {
        int letters = 1 + stories.orders().size() + stories.milestones().size();
        await(
                "every signal is understood",
                () -> counts("select state, count(*) from signal group by state")
                        .equals(List.of("UNDERSTOOD " + stories.ids().size())));
        await("the engine knows everything", () -> untold(Instant.now()) == 0);
        await(
                "every letter is settled",
                () -> count("select count(*) from notification where state in ('SENT', 'SKIPPED', 'UNKNOWN', 'FAILED')")
                        >= letters);
        assertThat(counts("select journey_key || ' ' || name, count(*) from milestone group by 1 order by 1"))
                .as("every milestone once")
                .isEqualTo(once(stories.milestones()));
        assertThat(counts("select distinct state, 1 from milestone"))
                .as("what the engine knows")
                .isSubsetOf("PUBLISHED 1", "CORRELATED 1");
        await(
                "every journey has come to its end",
                () -> count("select count(*) from journey where state = 'ENDED'")
                        == stories.orders().size());
        assertThat(count("select count(*) from notification")).isEqualTo(letters);
        assertThat(counts(
                        "select journey_key || ' ' || coalesce(milestone, ''), count(*) from notification group by 1"))
                .as("every letter is in the ledger once")
                .allMatch(line -> line.endsWith(" 1"));
        int oldNews = count("select count(*) from notification where state = 'SKIPPED' and milestone = 'shipped'");
        assertThat(count("select count(*) from notification where state = 'SENT'"))
                .as("nothing but old news is left out")
                .isEqualTo(letters - oldNews);
        assertThat(record.handed()).as("every letter arrived once").hasSize(letters - oldNews);
        assertThat(Invariants.violated(record, jdbc, Instant.now())).isEmpty();
    }

    private static List<String> once(Set<String> all) {
        return all.stream().map(one -> one + " 1").toList();
    }

    /** Each row as what it counts and how many. */
    private List<String> counts(String sql) {
        return jdbc.sql(sql)
                .query((row, number) -> row.getString(1) + " " + row.getInt(2))
                .list();
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(condition::getAsBoolean);
    }
}
