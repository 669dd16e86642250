package io.porchlight.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.zaxxer.hikari.HikariDataSource;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Shop;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** While the database is held up, senders are told to come back before anything of theirs is read; and when they do, all is there. */
@WithWebhooks
@TestPropertySource(properties = {"porchlight.intake.most-waiting=12", "spring.datasource.hikari.maximum-pool-size=8"})
class CrowdedTest {

    private static final int MOST_WAITING = 12;
    private static final int SENDERS = 60;

    /** One who insists. */
    private record Post(String order, HttpRequest request) {}

    private final Vendors vendors;
    private final Milestones milestones;
    private final HikariDataSource database;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    CrowdedTest(Vendors vendors, Milestones milestones, DataSource database, Clock clock) throws SQLException {
        this.vendors = vendors;
        this.milestones = milestones;
        this.database = database.unwrap(HikariDataSource.class);
        this.clock = clock;
    }

    @Test
    void whoeverComesBackWhenTheDatabaseAnswersAgainHasLostNothing() throws Exception {
        var orders = IntStream.range(0, SENDERS).mapToObj(n -> Vendors.number()).toList();
        var posts = orders.stream().flatMap(this::story).toList();
        var waiting = new ArrayList<CompletableFuture<HttpResponse<Void>>>();
        var refused = new ArrayList<Post>();
        var held = holdAll();
        try {
            for (var post : posts) {
                if (crowd() < MOST_WAITING) {
                    int before = crowd();
                    waiting.add(http.sendAsync(post.request(), BodyHandlers.discarding()));
                    Vendors.await("it waits for the database", () -> crowd() > before);
                } else {
                    var answer = http.send(post.request(), BodyHandlers.discarding());
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                    refused.add(post);
                }
            }
            assertThat(waiting).as("nobody else waits in memory").hasSizeLessThanOrEqualTo(MOST_WAITING);
            assertThat(refused).hasSize(posts.size() - waiting.size());
        } finally {
            letGo(held);
        }
        for (var patient : waiting) {
            assertThat(patient.get(30, TimeUnit.SECONDS).statusCode()).isIn(200, 202);
        }
        comeBack(refused);

        assertThat(orders).allSatisfy(order -> {
            Vendors.await(
                    "all of " + order + " is understood", () -> happened(order).size() >= 2);
            assertThat(happened(order)).containsExactlyInAnyOrder("leather-cut", "shoes-made");
        });
    }

    @Test
    void bodiesOfThoseWhoAreToldToComeBackAreNotKept() throws Exception {
        var held = holdAll();
        try (var others = Executors.newFixedThreadPool(MOST_WAITING)) {
            for (int n = 0; n < MOST_WAITING; n++) {
                var unused = others.submit(() -> vendors.standard("{\"type\":\"nothing\",\"data\":{}}"));
            }
            Vendors.await("the crowd is there", () -> crowd() >= MOST_WAITING);
            long before = used();
            String big = "{\"type\":\"order.placed\",\"data\":\"" + "x".repeat(1_900_000) + "\"}";
            for (int n = 0; n < 50; n++) {
                assertThat(vendors.standard(big).statusCode()).isEqualTo(429);
            }
            assertThat(used() - before).as("bytes kept of 95 million").isLessThan(20_000_000);
            letGo(held);
        } finally {
            letGo(held);
        }
    }

    private List<String> happened(String order) {
        return milestones.of(new JourneyKey("bottega", order)).stream()
                .map(Milestone::name)
                .toList();
    }

    /** The first by webhook, with its milestone; the second milestone by the API. */
    private Stream<Post> story(String order) {
        return Stream.of(
                webhook(order, "order.placed", Shop.order(order)),
                webhook(
                        order,
                        "milestone.reached",
                        "{\"orderId\":\"%s\",\"id\":\"w-1\",\"name\":\"leather-cut\"}".formatted(order)),
                api(order, "{\"id\":\"w-2\",\"name\":\"shoes-made\"}"));
    }

    private Post webhook(String order, String type, String data) {
        String id = "msg_" + type + order;
        long now = clock.instant().getEpochSecond();
        String body = "{\"type\":\"%s\",\"data\":%s}".formatted(type, data);
        try {
            return new Post(
                    order,
                    vendors.request("standard")
                            .header("webhook-id", id)
                            .header("webhook-timestamp", Long.toString(now))
                            .header("webhook-signature", new Webhook(Vendors.STANDARD_SECRET).sign(id, now, body))
                            .POST(BodyPublishers.ofString(body))
                            .build());
        } catch (WebhookSigningException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Post api(String order, String body) {
        return new Post(
                order,
                vendors.to("/api/orders/bottega/" + order + "/milestones")
                        .header("Authorization", "Bearer key-of-bottega")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /** All at once, and again a second later when they are told so. */
    private void comeBack(List<Post> refused) throws InterruptedException {
        var left = refused;
        while (!left.isEmpty()) {
            var again = left.stream()
                    .map(post -> http.sendAsync(post.request(), BodyHandlers.discarding())
                            .thenApply(answer -> {
                                assertThat(answer.statusCode()).isIn(200, 202, 429);
                                return answer.statusCode() == 429 ? List.of(post) : List.<Post>of();
                            }))
                    .toList();
            left = again.stream()
                    .flatMap(answer -> answer.orTimeout(30, TimeUnit.SECONDS).join().stream())
                    .toList();
            if (!left.isEmpty()) {
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
    }

    private int crowd() {
        return database.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    private List<Connection> holdAll() throws SQLException {
        var held = new ArrayList<Connection>();
        for (int n = 0; n < database.getMaximumPoolSize(); n++) {
            held.add(database.getConnection());
        }
        return held;
    }

    private static void letGo(List<Connection> held) throws SQLException {
        for (var connection : held) {
            connection.close();
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
