package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power failures: whatever is killed in the middle, each letter arrives once, or the ledger says that nobody can know. */
@Aside
class CrashIT {

    private static final int ORDERS = 12;
    private static final String NEW_LIFE = "began a new life";
    private static final List<String> MILESTONES =
            List.of("leather-cut", "shoes-made", "at-warehouse", "shipped", "delivered");

    @TempDir
    Path folder;

    private Letterbox letterbox;
    private RunningPorchlight porchlight;

    @BeforeEach
    void open() throws IOException {
        int smtp = RunningPorchlight.freePort();
        letterbox = new Letterbox(smtp);
        porchlight = RunningPorchlight.inAHurry(
                folder.resolve("home"),
                List.of(
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + smtp,
                        "--porchlight.story.enabled=false",
                        // What a dead process had taken is free again soon.
                        "--porchlight.notifications.lease=5s",
                        "--porchlight.journeys.in-doubt=5s",
                        "--camunda.client.worker.defaults.timeout=5s"));
        porchlight.awaitReadyForOrders();
    }

    @AfterEach
    void close() {
        porchlight.close();
        letterbox.close();
    }

    @Test
    void everyLetterArrivesOnceAlthoughTheApplicationAndThenTheBrokerAreKilledAndInTheEndItsDataAreLost()
            throws Exception {
        whileCustomersWait(() -> {
            awaitLetters(ORDERS * 2);
            porchlight.kill();
            porchlight.startAgain();

            awaitLetters(ORDERS * 3);
            assertThat(porchlight.brokers()).as("leftover brokers are ended").hasSize(1);
            porchlight.killBroker();
            assertThat(porchlight.post("/api/orders", order("while-away"))).isEqualTo(202);

            awaitLetters(ORDERS * 4);
            assertThat(porchlight.told())
                    .as("a broker that starts again with its data is the same engine")
                    .doesNotContain(NEW_LIFE);
            porchlight.kill();
            porchlight.killBroker();
            delete(folder.resolve("home/broker"));
            porchlight.startAgain();
        });
        RunningPorchlight.await(
                "the order that came while the broker was away is confirmed",
                () -> letterbox
                        .subjectsTo("while-away@example.com")
                        .equals(List.of("Your order while-away is confirmed")));
        assertThat(porchlight.told()).contains(NEW_LIFE);
    }

    /** Posts every order's story, each step when the letter before it is settled, while the harm is done. */
    private void whileCustomersWait(Harm harm) throws Exception {
        try (var customers = Executors.newFixedThreadPool(ORDERS)) {
            var waiting = IntStream.range(0, ORDERS)
                    .mapToObj(n -> customers.submit(() -> story("order-" + n)))
                    .toList();
            harm.happens();
            for (var customer : waiting) {
                customer.get(10, TimeUnit.MINUTES);
            }
        }
        for (int n = 0; n < ORDERS; n++) {
            assertEveryLetterOnce("order-" + n);
        }
    }

    /** The middle of it all. */
    private void awaitLetters(int letters) {
        RunningPorchlight.await(
                letters + " letters have arrived", () -> letterbox.letters().size() >= letters);
    }

    private void story(String id) {
        assertThat(porchlight.post("/api/orders", order(id))).isIn(200, 202);
        awaitSettled(id, 1);
        for (int step = 0; step < MILESTONES.size(); step++) {
            String milestone = MILESTONES.get(step);
            String body = "{\"id\":\"" + milestone + "-1\",\"name\":\"" + milestone + "\"}";
            assertThat(porchlight.post("/api/orders/bottega/" + id + "/milestones", body))
                    .isIn(200, 202);
            awaitSettled(id, step + 2);
        }
    }

    private void awaitSettled(String id, int letters) {
        RunningPorchlight.await(letters + " letters of " + id + " are settled", () -> {
            try {
                return settled(porchlight.order(id)) == letters;
            } catch (IOException away) {
                return false;
            }
        });
    }

    private static int settled(JsonNode order) {
        int settled = 0;
        for (var line : order.path("notifications")) {
            if (List.of("sent", "unknown").contains(line.path("state").asText())) {
                settled++;
            }
        }
        return settled;
    }

    private void assertEveryLetterOnce(String id) throws IOException {
        var subjects = letterbox.subjectsTo(id + "@example.com");
        assertThat(subjects).as("letters to %s", id).doesNotHaveDuplicates();
        var states = new ArrayList<String>();
        porchlight
                .order(id)
                .path("notifications")
                .forEach(line -> states.add(line.path("state").asText()));
        int sent = Collections.frequency(states, "sent");
        int unknown = Collections.frequency(states, "unknown");
        assertThat(states).as("every step of %s is settled", id).hasSize(6).hasSize(sent + unknown);
        assertThat(subjects).as("what was sent to %s did arrive", id).hasSizeBetween(sent, sent + unknown);
    }

    private static String order(String id) {
        return """
                {"brand":"bottega","orderId":"%1$s","placedAt":"2026-11-21T10:00:00Z",
                 "customer":{"id":"c-%1$s","name":"Bob Rossi","email":"%1$s@example.com"},
                 "lines":[{"sku":"derby-42","name":"Derby shoes","quantity":1,"tags":["italian-shoes"]}]}
                """.formatted(id);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Something bad. */
    private interface Harm {
        void happens() throws Exception;
    }
}
