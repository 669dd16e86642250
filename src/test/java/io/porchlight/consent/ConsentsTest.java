package io.porchlight.consent;

import static io.porchlight.consent.Preferences.Topic.CARE_TIPS;
import static io.porchlight.consent.Preferences.Topic.OFFERS;
import static io.porchlight.consent.Preferences.Topic.ORDER_UPDATES;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.consent.ConsentEntry.Source;
import io.porchlight.consent.Preferences.Channel;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who agreed to what, and that nobody reads it while it changes. */
class ConsentsTest {

    private final Consents consents;
    private final Orders orders;
    private final Shop shop;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ConsentsTest(
            Consents consents, Orders orders, Shop shop, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.consents = consents;
        this.orders = orders;
        this.shop = shop;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @OnEachDatabase
    void theLatestOrderDecidesAndWhatItDoesNotSayIsNotAgreed() {
        assertThat(marketing(sells("1", "10:00", "{\"marketing\":true}"))).isTrue();
        assertThat(marketing(sells("2", "11:00", "{\"marketing\":false}"))).isFalse();
        assertThat(marketing(sells("3", "10:30", "{\"marketing\":true}")))
                .as("placed before, known later")
                .isFalse();
        assertThat(marketing(sells("4", "12:00", "{\"marketing\":true}"))).isTrue();
        assertThat(marketing(sells("5", "13:00", "null"))).isFalse();
    }

    @OnEachDatabase
    void ordersOfOneMomentThatContradictEachOtherMeanNo() {
        sells("1", "10:00", "{\"marketing\":true}");
        assertThat(marketing(sells("2", "10:00", "{\"marketing\":false}"))).isFalse();
        assertThat(marketing(sells("3", "10:00", "{\"marketing\":true}"))).isFalse();
    }

    @OnEachDatabase
    void whoUnsubscribedStaysSoWhateverLaterOrdersSay() {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        change(() -> consents.unsubscribe(order));

        var later = sells("2", "11:00", "{\"marketing\":true}");

        assertThat(marketing(later)).isFalse();
        assertThat(consent(later).allows(ORDER_UPDATES)).isTrue();
        assertThat(consents.history(order.customerKey()))
                .extracting(ConsentEntry::source)
                .contains(Source.UNSUBSCRIBE_LINK);
    }

    @OnEachDatabase
    void anUnsubscribedAddressGetsNoMarketingUnderAnotherName() {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        change(() -> consents.unsubscribe(order));

        var guest = sells("2", "11:00", "{\"marketing\":true}", "guest-1", "BOB@EXAMPLE.com");
        var stranger = sells("3", "11:00", "{\"marketing\":true}", "guest-2", "jane@example.com");

        assertThat(marketing(guest)).isFalse();
        assertThat(marketing(stranger)).isTrue();
    }

    @OnEachDatabase
    void addressesAreKeptAsHashesOnly() {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        change(() -> {
            consents.unsubscribe(order);
            consents.bounce(order);
            consents.complain(order);
        });

        assertThat(jdbc.sql("select * from suppression").query().listOfRows())
                .hasSize(3)
                .noneMatch(row -> row.toString().toLowerCase(Locale.ROOT).contains("bob"));
        assertThat(consent(order).silenced()).isPresent();
        assertThat(consent(order).allows(ORDER_UPDATES)).isFalse();
    }

    @OnEachDatabase
    void whatTheCustomerChoseIsKept() {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        var until = Instant.parse("2026-12-07T08:00:00Z");
        var chosen = new Preferences(Set.of(ORDER_UPDATES, CARE_TIPS), Channel.EMAIL, Pace.BIG_NEWS, until);

        change(() -> consents.prefer(order, chosen));

        assertThat(consent(order).preferences()).isEqualTo(chosen);
        assertThat(consents.history(order.customerKey()).getLast().said())
                .isEqualTo("order updates, care tips; by email; big news; paused until 2026-12-07T08:00:00Z");
    }

    @OnEachDatabase
    void suppressionsOutliveThatTheirOwnerIsForgotten() {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        change(() -> {
            consents.unsubscribe(order);
            orders.erase(order.journeyKey());
            consents.forget(order.customerKey());
        });

        assertThat(consents.of(order)).isEmpty();
        assertThat(consents.forgotten(order.customerKey())).isTrue();
        assertThat(marketing(sells("2", "11:00", "{\"marketing\":true}"))).isFalse();
    }

    @OnEachDatabase
    void isNotReadWhileItIsChangedAndIsReadAfterwards() throws Exception {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        var locked = new CompletableFuture<Boolean>();
        var go = new CompletableFuture<Boolean>();
        var unsubscribe = CompletableFuture.runAsync(() -> change(() -> {
            consents.unsubscribe(order);
            locked.complete(true);
            go.join();
        }));
        locked.get(10, TimeUnit.SECONDS);

        assertThat(claim(order)).as("nobody knows, so nothing is sent").isEmpty();
        go.complete(true);
        unsubscribe.get(10, TimeUnit.SECONDS);

        assertThat(claim(order).orElseThrow().allows(OFFERS)).isFalse();
    }

    @OnEachDatabase
    void isNotChangedBetweenReadingAndClaiming() throws Exception {
        var order = sells("1", "10:00", "{\"marketing\":true}");
        var read = new CompletableFuture<Boolean>();
        var go = new CompletableFuture<Boolean>();
        var claim = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            var consent = consents.claim(List.of(order)).get(order.journeyKey());
            read.complete(true);
            go.join();
            return requireNonNull(consent).allows(OFFERS);
        }));
        read.get(10, TimeUnit.SECONDS);
        var unsubscribe = CompletableFuture.runAsync(() -> change(() -> consents.unsubscribe(order)));

        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(unsubscribe).isNotDone();
        go.complete(true);

        assertThat(claim.get(10, TimeUnit.SECONDS)).isTrue();
        unsubscribe.get(10, TimeUnit.SECONDS);
        assertThat(marketing(order)).isFalse();
    }

    private void change(Runnable change) {
        transaction.executeWithoutResult(status -> change.run());
    }

    private Optional<Consent> claim(Order order) {
        return Optional.ofNullable(
                transaction.execute(status -> consents.claim(List.of(order)).get(order.journeyKey())));
    }

    private Consent consent(Order order) {
        return claim(order).orElseThrow();
    }

    private boolean marketing(Order order) {
        return consent(order).allows(OFFERS);
    }

    private Order sells(String id, String time, String consent) {
        return sells(id, time, consent, "c-77", "bob@example.com");
    }

    private Order sells(String id, String time, String consent, String customer, String email) {
        orders.place(shop.posted(Shop.order(id)
                .replace("10:00:00Z", time + ":00Z")
                .replace("{\"marketing\":true,\"sms\":false}", consent)
                .replace("c-77", customer)
                .replace("bob@example.com", email)));
        return orders.find(new JourneyKey("bottega", id)).orElseThrow();
    }
}
