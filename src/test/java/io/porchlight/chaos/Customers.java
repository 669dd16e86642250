package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.chaos.Invariants.Violation;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Notification.State;
import io.porchlight.ledger.NotificationPlanned;
import io.porchlight.ledger.Plan;
import io.porchlight.orders.JourneyKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** Customers whose orders come over HTTP from a careful shop, which asks again until there is an answer. */
class Customers {

    static final String KEY = "key-of-the-shop";

    /** A letter that nothing more happens to by itself. */
    static final Set<State> SETTLED = EnumSet.of(State.SENT, State.SKIPPED, State.FAILED, State.UNKNOWN);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Scene scene;
    private final Ledger ledger;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Environment environment;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Customers(Scene scene, Ledger ledger, JdbcClient jdbc, ApplicationEventPublisher events, Environment environment) {
        this.scene = scene;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.events = events;
        this.environment = environment;
    }

    /** A customer that no other test knows. */
    static JourneyKey someone() {
        return new JourneyKey("bottega", "order-" + NUMBERS.incrementAndGet());
    }

    static String address(JourneyKey key) {
        return key.orderId() + "@" + key.orderId() + ".example.com"; // each has a mail server of their own
    }

    /** Orders, as a shop that takes no silence for an answer. */
    JourneyKey orders(JourneyKey key) {
        insist("/api/orders", order(key, scene.clock.instant()));
        return key;
    }

    /** So many new customers order. */
    List<JourneyKey> order(int many) {
        return IntStream.range(0, many).mapToObj(n -> orders(someone())).toList();
    }

    /** Something happened to the order. */
    void hears(JourneyKey key, String milestone) {
        insist(
                "/api/orders/bottega/" + key.orderId() + "/milestones",
                "{\"id\":\"%1$s-1\",\"name\":\"%1$s\"}".formatted(milestone));
    }

    /** The journey asks for marketing. */
    void offered(JourneyKey key) {
        ledger.plan(new Plan(
                key,
                "standard",
                "Offer",
                Occurrence.FIRST,
                "email",
                "standard/order-confirmed",
                MessageClass.MARKETING,
                null,
                0,
                null));
    }

    /** An order whose customer lives where it is noon, and agreed to marketing. */
    static String order(JourneyKey key, Instant now) {
        int west = now.atZone(ZoneOffset.UTC).getHour() - 12;
        return """
                {"brand":"bottega","orderId":"%1$s","placedAt":"2026-11-01T10:00:00Z",
                 "customer":{"id":"c-%1$s","name":"Bob Rossi","email":"%1$s@%1$s.example.com","locale":"en-US",
                             "timeZone":"Etc/GMT%2$+d","consent":{"marketing":true,"sms":false}},
                 "lines":[{"sku":"loafer-41","name":"Loafers","quantity":1}]}
                """.formatted(key.orderId(), west);
    }

    private void insist(String path, String body) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(body))
                .build();
        await("the shop's " + body + " is taken", () -> {
            try {
                int status = http.send(request, BodyHandlers.discarding()).statusCode();
                assertThat(status).as(body).matches(code -> code < 300 || code == 429 || code >= 500);
                return status < 300;
            } catch (IOException noAnswer) {
                return false;
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    /** Time goes by all at once, and the application looks what is due. */
    void pass(Duration time) {
        scene.clock.move(time);
        events.publishEvent(new NotificationPlanned(someone()));
    }

    Notification letter(JourneyKey key, String step) {
        return ledger.of(key).stream()
                .filter(letter -> letter.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    Notification awaitLetter(JourneyKey key, String step, java.util.function.Predicate<Notification> wished) {
        await(
                step + " of " + key + " is as wished",
                () -> ledger.of(key).stream().anyMatch(letter -> letter.step().equals(step) && wished.test(letter)));
        return letter(key, step);
    }

    Notification awaitSettled(JourneyKey key, String step) {
        return awaitLetter(key, step, letter -> SETTLED.contains(letter.state()));
    }

    /** Nothing may be wrong, in all that this application ever did. */
    void assertNothingIsWrong() {
        assertThat(violations()).isEmpty();
    }

    List<Violation> violations() {
        return Invariants.violated(scene.record, jdbc, scene.clock.instant());
    }

    /** What may have arrived. */
    int arrived(JourneyKey key) {
        return scene.record.handedTo(address(key)).size();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("In vain we waited until " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (DataAccessException | TransactionException databaseAway) {
            return false;
        }
    }
}
