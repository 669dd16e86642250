package io.porchlight.subscribers;

import static io.porchlight.subscribers.Endpoint.await;
import static io.porchlight.subscribers.Endpoint.heard;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.porchlight.consent.Consents;
import io.porchlight.database.MovableClock;
import io.porchlight.database.Rows;
import io.porchlight.database.Together;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import io.porchlight.silence.CustomerInSilence;
import io.porchlight.subscribers.Endpoint.Heard;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever subscribed is told what happened, at least once, until they take it or it is visibly given up. */
@Announcing
class AnnouncementsTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Subscriber ELSEWHERE = new Subscriber(
            "bottega",
            "elsewhere",
            URI.create("https://elsewhere.example"),
            List.of(new Webhook(Announcing.SECRET)),
            EnumSet.allOf(EventType.class));

    private final Announcements announcements;
    private final Subscribers subscribers;
    private final Courier courier;
    private final Shop shop;
    private final Orders orders;
    private final Journeys journeys;
    private final Ledger ledger;
    private final Consents consents;
    private final MovableClock clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    AnnouncementsTest(
            Announcements announcements,
            Subscribers subscribers,
            Courier courier,
            Shop shop,
            Orders orders,
            Journeys journeys,
            Ledger ledger,
            Consents consents,
            MovableClock clock,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.announcements = announcements;
        this.subscribers = subscribers;
        this.courier = courier;
        this.shop = shop;
        this.orders = orders;
        this.journeys = journeys;
        this.ledger = ledger;
        this.consents = consents;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    @BeforeEach
    void begin() {
        await("the courier knows all", () -> count("subscriber") == 3);
        jdbc.sql("delete from announcement").update();
        jdbc.sql("update subscriber set disabled_at = null, last_trouble = null, last_success_at = null")
                .update();
        Endpoint.reset();
    }

    @Test
    void tellsASubscriberWhatWasSent() throws Exception {
        var key = sold();

        sent(key);

        var told = one("erp");
        assertThat(told.json().path("type").asText()).isEqualTo("notification.sent");
        assertThat(told.json().path("timestamp").asText())
                .isEqualTo(clock.instant().toString());
        var data = told.json().path("data");
        assertThat(data.path("brand").asText()).isEqualTo("bottega");
        assertThat(data.path("orderId").asText()).isEqualTo(key.orderId());
        assertThat(data.path("step").asText()).isEqualTo("ShippedEmail");
        assertThat(data.path("class").asText()).isEqualTo("transactional");
        assertThat(told.header("Content-Type")).startsWith("application/json");
        assertThat(told.header("webhook-signature"))
                .isEqualTo(new Webhook(Announcing.SECRET)
                        .sign(told.header("webhook-id"), clock.instant().getEpochSecond(), told.body()));
        assertThat(one("crm").header("webhook-id")).isNotEqualTo(told.header("webhook-id"));
        settled();
        assertThat(standing("erp").lastSuccessAt()).isEqualTo(clock.instant());
        assertThat(heard("other")).as("another brand's").isEmpty();
    }

    @Test
    void namesNobody() {
        var key = sold();

        failed(key, "550 bob@example.com Bob Rossi unknown");
        unsubscribe(key);
        sent(key);

        await("all is told", () -> heard("erp").size() == 3);
        assertThat(heard("erp"))
                .allSatisfy(told -> assertThat(told.body()).doesNotContain("@", "Bob", "Rossi", "New_York"));
    }

    @Test
    void tellsNothingThatWasTakenBack() {
        var key = sold();

        transaction.executeWithoutResult(status -> {
            unsubscribe(key);
            status.setRollbackOnly();
        });

        assertThat(count("announcement")).isZero();
        unsubscribe(key);
        assertThat(one("erp").json().path("type").asText()).isEqualTo("customer.unsubscribed");
    }

    @Test
    void tellsOnlyWhatWasAskedFor() {
        var key = sold();

        failed(key, "550 no such user");
        sent(key);

        await("both are told", () -> heard("erp").size() == 2);
        assertThat(heard("erp"))
                .map(told -> told.json().path("type").asText())
                .containsExactlyInAnyOrder("notification.failed", "notification.sent");
        settled();
        assertThat(heard("crm")).map(told -> told.json().path("type").asText()).containsExactly("notification.sent");
    }

    @Test
    void tellsThatACustomerIsLeftInSilence() {
        var key = sold();
        var since = Instant.parse("2026-11-18T08:00:00Z");

        transaction.executeWithoutResult(status -> events.publishEvent(
                new CustomerInSilence(key, new Travel("life", 7, "standard", 3), since, Duration.ofDays(5))));

        var told = one("erp").json();
        assertThat(told.path("type").asText()).isEqualTo("silence.alarm");
        assertThat(told.path("data").toString())
                .isEqualTo(
                        "{\"brand\":\"bottega\",\"orderId\":\"%s\",\"journey\":\"standard\",\"version\":3,\"since\":\"2026-11-18T08:00:00Z\",\"budget\":\"PT120H\"}"
                                .formatted(key.orderId()));
    }

    @Test
    void tellsOnceThatACustomerWantsNoMarketing() {
        var key = sold();

        unsubscribe(key);
        unsubscribe(key);

        var data = one("erp").json().path("data");
        assertThat(data.path("customerId").asText()).isEqualTo(customerOf(key));
        assertThat(data.path("source").asText()).isEqualTo("unsubscribe-link");
        settled();
        assertThat(heard("erp")).hasSize(1);
    }

    @Test
    void tellsOnceThatAJourneyIsCompleted() {
        var key = sold();
        var travel = new Travel("life", NUMBERS.incrementAndGet(), "italian-shoes", 3);
        journeys.adopt(key, travel);

        journeys.end(key, travel);
        journeys.end(key, travel);

        var told = one("erp").json();
        assertThat(told.path("type").asText()).isEqualTo("journey.completed");
        assertThat(told.at("/data/journey").asText()).isEqualTo("italian-shoes");
        settled();
        assertThat(heard("erp")).hasSize(1);
    }

    @Test
    void triesAgainOnThePublishedScheduleAndThenGivesUp() {
        Endpoint.answers("erp", 500);
        unsubscribe(sold());

        int attempts = 1;
        for (var interval : RetrySchedule.INTERVALS) {
            int made = attempts;
            await(
                    "attempt " + made,
                    () -> trouble("erp").size() == 1 && heard("erp").size() == made && !underway());
            var pause = Duration.between(clock.instant(), due("erp"));
            assertThat(pause).isBetween(interval, interval.plus(interval.dividedBy(10)));
            clock.pass(pause);
            courier.wake();
            attempts++;
        }

        await("it is given up", () -> standing("erp").givenUp() == 1);
        assertThat(heard("erp")).hasSize(10);
        assertThat(heard("erp").stream().map(told -> told.header("webhook-id")).distinct())
                .hasSize(1);
        assertThat(heard("erp").stream().map(Heard::body).distinct()).hasSize(1);
        assertThat(standing("erp").waiting()).isZero();
        assertThat(standing("erp").lastTrouble()).isEqualTo("it answered 500");
    }

    @Test
    void sendsAgainWhatWasGivenUp() {
        Endpoint.answers("erp", 410);
        unsubscribe(sold());
        await("it is gone", () -> standing("erp").givenUp() == 1);
        String first = heard("erp").getFirst().header("webhook-id");
        unsubscribe(sold());
        assertThat(standing("erp").givenUp()).as("kept meanwhile").isEqualTo(2);
        assertThat(standing("erp").disabledAt()).isNotNull();

        Endpoint.reset();
        assertThat(announcements.replay(subscriber("erp"))).isEqualTo(2);
        courier.wake();

        await("both came", () -> heard("erp").size() == 2);
        assertThat(heard("erp")).map(told -> told.header("webhook-id")).contains(first);
        assertThat(standing("erp").disabledAt()).isNull();
        settled();
    }

    @Test
    void leavesASubscriberAloneAsLongAsItAsks() {
        Endpoint.answers("erp", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            exchange.sendResponseHeaders(503, -1);
        });
        unsubscribe(sold());
        await("it asked", () -> trouble("erp").size() == 1 && !underway());

        assertThat(due("erp")).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void holdsUpNobodyForADeadSubscriber() {
        var end = new CountDownLatch(1);
        Endpoint.answers("crm", exchange -> {
            awaitEnd(end);
            exchange.sendResponseHeaders(204, -1);
        });

        IntStream.range(0, 3 * Courier.AT_ONCE).forEach(number -> unsubscribe(sold()));

        await("everybody else heard it", () -> heard("erp").size() == 3 * Courier.AT_ONCE);
        assertThat(heard("crm")).hasSizeLessThanOrEqualTo(Courier.AT_ONCE);
        end.countDown();
        await("it recovered", () -> heard("crm").size() == 3 * Courier.AT_ONCE);
        settled();
    }

    @Test
    void givesEachAnnouncementToOneInstance() {
        IntStream.range(0, 60).forEach(number -> write(new JourneyKey("bottega", "o-" + number)));

        var taken = Together.all(6, number -> takeAll());

        assertThat(taken.stream().flatMap(List::stream).map(Announcement::id))
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void takesUpWhatAnotherInstanceLeftBehind() {
        write(new JourneyKey("bottega", "o-1"));
        assertThat(announcements.take(ELSEWHERE, 5, LEASE)).hasSize(1);
        assertThat(announcements.take(ELSEWHERE, 5, LEASE)).isEmpty();

        clock.pass(LEASE);

        var again = announcements.take(ELSEWHERE, 5, LEASE);
        assertThat(again).map(Announcement::attempts).containsExactly(2);
    }

    @Test
    void leavesALaterAttemptAloneWhenAnEarlierOneComesBack() {
        write(new JourneyKey("bottega", "o-1"));
        var slow = announcements.take(ELSEWHERE, 1, LEASE).getFirst();
        clock.pass(LEASE);
        announcements.take(ELSEWHERE, 1, LEASE);

        announcements.giveUp(ELSEWHERE, slow, "it answered 500");

        assertThat(announcements.nextDue(ELSEWHERE)).hasValue(clock.instant().plus(LEASE));
    }

    @Test
    void withdrawsWhatIsWaitingAboutAnErasedPerson() {
        Endpoint.answers("erp", 500);
        Endpoint.answers("crm", 410);
        var key = sold();
        unsubscribe(key);
        await(
                "both refused",
                () -> trouble("erp").size() == 1 && standing("crm").givenUp() == 1 && !underway());

        transaction.executeWithoutResult(status -> orders.erase(key));

        assertThat(count("announcement")).isZero();
    }

    @Test
    void forgetsAtLastWhatWasGivenUp() {
        write(new JourneyKey("bottega", "o-1"));
        announcements.disable(ELSEWHERE, "it answered 410");

        clock.pass(Duration.ofDays(30));
        assertThat(announcements.sweep(Duration.ofDays(30))).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(announcements.sweep(Duration.ofDays(30))).isEqualTo(1);
    }

    private List<Announcement> takeAll() {
        var all = new ArrayList<Announcement>();
        int misses = 0;
        // A round may find nothing because others hold what is left for a moment.
        while (misses < 20) {
            var some = announcements.take(ELSEWHERE, 5, LEASE);
            misses = some.isEmpty() ? misses + 1 : 0;
            all.addAll(some);
        }
        return all;
    }

    private void write(JourneyKey key) {
        transaction.executeWithoutResult(status -> announcements.write(ELSEWHERE, EventType.SILENCE_ALARM, key, "{}"));
    }

    /** Bob buys again, as somebody new each time. */
    private JourneyKey sold() {
        String id = "order-" + NUMBERS.incrementAndGet();
        orders.place(shop.posted(Shop.orderByDay(id).replace("c-77", "customer-of-" + id)));
        return new JourneyKey("bottega", id);
    }

    private static String customerOf(JourneyKey key) {
        return "customer-of-" + key.orderId();
    }

    private void unsubscribe(JourneyKey key) {
        transaction.executeWithoutResult(
                status -> consents.unsubscribe(orders.find(key).orElseThrow()));
    }

    private void sent(JourneyKey key) {
        var claim = claimed(key, "ShippedEmail");
        assertThat(ledger.attempting(claim)).isTrue();
        assertThat(ledger.sent(claim, "Your shoes, Bob", "250 OK")).isTrue();
    }

    private void failed(JourneyKey key, String reason) {
        assertThat(ledger.failed(claimed(key, "CutEmail"), reason)).isTrue();
    }

    private io.porchlight.ledger.Claim claimed(JourneyKey key, String step) {
        ledger.plan(new Plan(
                key,
                "italian-shoes",
                step,
                Occurrence.FIRST,
                "email",
                "italian-shoes/shipped",
                MessageClass.TRANSACTIONAL,
                "shipped",
                2,
                null));
        var claim = transaction.execute(status -> ledger.claim(ledger.due("email", 1), "test", Duration.ofMinutes(1))
                .getFirst());
        assertThat(claim).isNotNull();
        return java.util.Objects.requireNonNull(claim);
    }

    private static Heard one(String name) {
        await(name + " is told", () -> !heard(name).isEmpty());
        return heard(name).getFirst();
    }

    private void settled() {
        await("all is settled", () -> count("announcement") == 0);
    }

    private Subscriber subscriber(String name) {
        return subscribers.find("bottega", name).orElseThrow();
    }

    private Standing standing(String name) {
        return announcements.standing(subscriber(name));
    }

    private Instant due(String name) {
        return announcements.nextDue(subscriber(name)).orElseThrow();
    }

    private List<String> trouble(String name) {
        return jdbc.sql("select trouble from announcement where subscriber = :name and trouble is not null")
                .param("name", name)
                .query(String.class)
                .list();
    }

    /** Whether the next attempt is the end of a lease and not an interval of the schedule. */
    private boolean underway() {
        return jdbc.sql("select count(*) from announcement where state = 'WAITING' and due_at = :lease")
                        .param("lease", java.sql.Timestamp.from(clock.instant().plus(Line.PATIENCE.multipliedBy(3))))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private long count(String table) {
        return Rows.counted(jdbc).getOrDefault(table, -1L);
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
