package io.porchlight.privacy;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.privacy.Correspondence.address;
import static io.porchlight.privacy.Correspondence.someone;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.database.Rows;
import io.porchlight.orders.JourneyKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person can see everything we hold about them, and be forgotten. */
@WithPost
class ErasureTest {

    private final Correspondence post;
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ErasureTest(Correspondence post, JdbcClient jdbc, ObjectMapper json) {
        this.post = post;
        this.jdbc = jdbc;
        this.json = json;
    }

    @Test
    void tellsEverythingWeHold() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        post.sells(bob);
        report(key, "ws-1", "A hide that Lucia chose");
        post.plans(key, "Confirmed", TRANSACTIONAL);
        post.settled(key, "Confirmed");
        post.post(post.unsubscribe(key), "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

        var answer = post.asShop("GET", "/api/customers/bottega/" + bob);

        assertThat(answer.statusCode()).isEqualTo(200);
        var file = json.readTree(answer.body());
        assertThat(file.path("customerId").asText()).isEqualTo(bob);
        assertThat(file.path("orders")).hasSize(2);
        assertThat(file.at("/orders/0/order/customer/email").asText()).isEqualTo(address(bob));
        assertThat(file.at("/orders/0/milestones/0/details/note").asText()).isEqualTo("A hide that Lucia chose");
        assertThat(file.at("/orders/0/notifications/0/notification/subject").asText())
                .isNotBlank();
        assertThat(file.at("/orders/0/promises/0/promise/from").asText()).isEqualTo("2026-12-28");
        assertThat(file.at("/consent/0/preferences/topics").toString()).isEqualTo("[\"ORDER_UPDATES\"]");
        assertThat(file.at("/consent/0/suppressions/0/reason").asText()).isEqualTo("UNSUBSCRIBED");
        assertThat(file.path("consentHistory").findValuesAsText("source"))
                .containsExactly("ORDER", "ORDER", "UNSUBSCRIBE_LINK");
    }

    @Test
    void forgetsThePersonAndKeepsTheCount() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        report(key, "ws-1", "A hide that Lucia chose");
        post.plans(key, "Confirmed", TRANSACTIONAL);
        post.settled(key, "Confirmed");
        post.get(post.preferences(key));
        var ledger = count("notification");
        var milestones = count("milestone");
        var page = post.preferences(key);

        assertThat(post.asShop("DELETE", "/api/customers/bottega/" + bob).statusCode())
                .isEqualTo(204);

        assertThat(everything())
                .noneMatch(value ->
                        value.contains(bob) && !value.contains(key.toString()) && !value.contains(key.orderId()));
        assertThat(everything()).noneMatch(value -> value.contains(address(bob)));
        assertThat(rowOf("orders", key))
                .doesNotContain("Bob", "Derby", "America")
                .contains("2026-11-21T10:00:00Z");
        assertThat(rowOf("milestone", key)).doesNotContain("Lucia").contains("leather-cut");
        assertThat(count("notification")).isEqualTo(ledger);
        assertThat(count("milestone")).isEqualTo(milestones);
        var confirmed = post.notification(key, "Confirmed");
        assertThat(confirmed.state()).isEqualTo(SENT);
        assertThat(confirmed.settledAt()).isNotNull();
        assertThat(confirmed.subject()).isNull();
        assertThat(confirmed.reply()).isNull();
        assertThat(post.get(page).statusCode()).isEqualTo(404);
        assertThat(post.asShop("GET", "/api/customers/bottega/" + bob).statusCode())
                .isEqualTo(404);
        var story = post.asShop("GET", "/api/orders/bottega/" + key.orderId());
        assertThat(story.statusCode()).isEqualTo(200);
        assertThat(json.readTree(story.body()).has("trackingUrl")).isFalse();
    }

    @Test
    void forgetsWhatWasAskedForOnThePage() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        var page = post.tracking(key);
        post.post(page + "/note", "application/x-www-form-urlencoded", "note=Behind+the+bench");
        post.post(page + "/gift", "application/x-www-form-urlencoded", "gift=true");
        post.post(page + "/share", "application/x-www-form-urlencoded", "share=true");

        var file = json.readTree(
                post.asShop("GET", "/api/customers/bottega/" + bob).body());
        assertThat(file.at("/orders/0/wish/deliveryNote").asText()).isEqualTo("Behind the bench");
        assertThat(file.at("/orders/0/wish/gift").asBoolean()).isTrue();

        post.asShop("DELETE", "/api/customers/bottega/" + bob);

        assertThat(everything()).noneMatch(value -> value.contains("bench"));
        assertThat(count("wish")).isZero();
        assertThat(post.post(page + "/note", "application/x-www-form-urlencoded", "note=Once+more")
                        .statusCode())
                .isEqualTo(404);
        assertThat(jdbc.sql("select count(*) from link where journey_key = :key")
                        .param("key", key.toString())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void takesEffectOnRunningJourneysAtOnce() {
        var bob = someone();
        var key = post.sells(bob);
        pauseFor(key);
        post.plans(key, "Shipped", TRANSACTIONAL, "shipped", 2);
        Correspondence.await("it waits", () -> post.notification(key, "Shipped").reason() != null);
        var waiting = post.places(bob, "en", true);

        post.asShop("DELETE", "/api/customers/bottega/" + bob);

        assertThat(post.notification(key, "Shipped").state()).isEqualTo(SKIPPED);
        assertThat(post.notification(key, "Shipped").reason()).isEqualTo("erased: the customer asked to be forgotten");
        post.plans(key, "Delivered", TRANSACTIONAL, "delivered", 3);
        post.plans(key, "Offer", MARKETING);
        assertThat(post.settled(key, "Delivered").reason()).isEqualTo("erased: the customer asked to be forgotten");
        assertThat(post.settled(key, "Offer").state()).isEqualTo(SKIPPED);
        assertThat(MailServer.letters(address(bob))).isEmpty();
        assertThat(jdbc.sql("select state from journey where journey_key = :key")
                        .param("key", waiting.toString())
                        .query(String.class)
                        .single())
                .isEqualTo("ENDED");
    }

    @Test
    void learnsNothingNewAboutAnErasedOrder() {
        var bob = someone();
        var key = post.sells(bob);
        report(key, "ws-1", "A hide that Lucia chose");
        post.asShop("DELETE", "/api/customers/bottega/" + bob);

        report(key, "ws-1", "A hide that Lucia chose");
        report(key, "ws-2", "For Bob, with love");

        assertThat(rowOf("milestone", key)).doesNotContain("Lucia", "Bob");
    }

    @Test
    void answersTheSameHoweverOftenItIsAsked() {
        var bob = someone();
        post.sells(bob);

        for (int time = 1; time <= 3; time++) {
            assertThat(post.asShop("DELETE", "/api/customers/bottega/" + bob).statusCode())
                    .isEqualTo(204);
        }
        assertThat(post.asShop("DELETE", "/api/customers/bottega/nobody").statusCode())
                .isEqualTo(404);
        assertThat(post.asShop("GET", "/api/customers/bottega/nobody").statusCode())
                .isEqualTo(404);
        assertThat(post.asShop("GET", "/api/customers/atelier/" + bob).statusCode())
                .isEqualTo(404);
        assertThat(post.get("/api/customers/bottega/" + bob).statusCode()).isEqualTo(401);
    }

    @Test
    void startsAfreshWithANewOrderButNotWithMarketing() {
        var bob = someone();
        var first = post.sells(bob);
        post.post(post.unsubscribe(first), "text/plain", "");
        post.asShop("DELETE", "/api/customers/bottega/" + bob);

        var second = post.sells(bob);
        post.plans(second, "Confirmed", TRANSACTIONAL);
        post.plans(second, "Offer", MARKETING);

        assertThat(post.settled(second, "Confirmed").state()).isEqualTo(SENT);
        assertThat(post.settled(second, "Offer").reason()).startsWith("no consent: the customer unsubscribed");
        var file = post.asShop("GET", "/api/customers/bottega/" + bob);
        assertThat(file.body()).contains(second.orderId()).doesNotContain(first.orderId());
    }

    private void pauseFor(JourneyKey key) {
        post.post(
                post.preferences(key),
                "application/x-www-form-urlencoded",
                "topic=ORDER_UPDATES&pace=EVERY_STEP&channel=EMAIL&pause=begin");
    }

    private void report(JourneyKey key, String id, String note) {
        var answer = post.send(post.request("/api/orders/bottega/" + key.orderId() + "/milestones")
                .header("Authorization", "Bearer key-of-bottega")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"id\":\"%s\",\"name\":\"leather-cut\",\"details\":{\"note\":\"%s\"}}".formatted(id, note))));
        assertThat(answer.statusCode()).isIn(200, 202);
    }

    private long count(String table) {
        return Rows.counted(jdbc).getOrDefault(table, -1L);
    }

    private String rowOf(String table, JourneyKey key) {
        return jdbc.sql("select * from " + table + " where journey_key = :key")
                .param("key", key.toString())
                .query()
                .listOfRows()
                .toString();
    }

    private List<String> everything() {
        var values = new ArrayList<String>();
        for (var table : Rows.counted(jdbc).keySet()) {
            jdbc.sql("select * from " + table)
                    .query()
                    .listOfRows()
                    .forEach(row -> row.values().forEach(value -> values.add(String.valueOf(value))));
        }
        return values;
    }
}
