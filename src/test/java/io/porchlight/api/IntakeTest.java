package io.porchlight.api;

import static io.porchlight.api.Sender.milestone;
import static io.porchlight.api.Sender.order;
import static io.porchlight.api.Sender.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.api.Sender.Answer;
import io.porchlight.database.Rows;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Orders and milestones are taken in, once each, whether or not the engine is there. */
@OverHttp
@TestConstructor(autowireMode = AutowireMode.ALL)
class IntakeTest {

    private static int orders;

    private final Sender sender;
    private final JdbcClient jdbc;
    private String id = "";

    IntakeTest(Sender sender, JdbcClient jdbc) {
        this.sender = sender;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void anOrderOfItsOwn() {
        id = "intake-" + ++orders;
    }

    @Test
    void acceptsAnOrderWhileTheEngineIsAway() {
        var answer = sender.places(order(id));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.json().fieldNames()).toIterable().containsExactly("journeyKey", "trackingUrl");
        assertThat(answer.json().path("journeyKey").asText()).isEqualTo("bottega:" + id);
        assertThat(answer.json().path("trackingUrl").asText()).matches("https://shoes\\.example/t/[A-Za-z0-9_-]{22}");
        assertThat(stateOfJourney()).isEqualTo("WAITING");
    }

    @Test
    void answersARepeatedOrderWithTheSame() {
        var first = sender.places(order(id));
        var before = Rows.counted(jdbc);

        var again = sender.places(order(id));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @Test
    void answersARepeatInAnotherSpellingWithTheSame() {
        var first = sender.places(order(id));
        var reordered = Sender.JSON.createObjectNode();
        var names = order(id).properties().stream().toList().reversed();
        names.forEach(property -> reordered.set(property.getKey(), property.getValue()));

        assertThat(reordered.toString()).isNotEqualTo(order(id).toString());
        assertThat(sender.places(reordered))
                .extracting(Answer::status, Answer::body)
                .containsExactly(200, first.body());
        assertThat(sender.post("/api/orders", reordered.toPrettyString()).status())
                .isEqualTo(200);
    }

    @Test
    void refusesOtherContentUnderAKnownId() {
        sender.places(order(id));
        var before = Rows.counted(jdbc);

        var answer = sender.places(order(id).put("placedAt", "2026-11-21T10:00:01Z"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.field()).isEqualTo("orderId");
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @Test
    void acceptsAMilestoneWhileTheEngineIsAwayAndKnowsItAgain() {
        sender.places(order(id));

        var answer = sender.reports(id, milestone("ws-1", "leather-cut"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("journeyKey").asText()).isEqualTo("bottega:" + id);

        var again = sender.reports(id, milestone("ws-1", "leather-cut"));
        assertThat(again).extracting(Answer::status, Answer::body).containsExactly(200, answer.body());

        var other = sender.reports(id, milestone("ws-1", "shoes-made"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.field()).isEqualTo("id");
        assertThat(sender.get(path("bottega", id)).json().path("milestones")).hasSize(1);
    }

    @Test
    void acceptsAMilestoneThatIsFasterThanItsOrder() {
        assertThat(sender.reports(id, milestone("ws-1", "leather-cut")).status())
                .isEqualTo(202);
        assertThat(sender.get(path("bottega", id)).status()).isEqualTo(404);

        sender.places(order(id));

        assertThat(sender.get(path("bottega", id))
                        .json()
                        .at("/milestones/0/name")
                        .asText())
                .isEqualTo("leather-cut");
    }

    @Test
    void tellsTheWholeStoryOfAnOrder() {
        var placed = sender.places(order(id));
        sender.reports(id, milestone("ws-1", "leather-cut"));
        sender.reports(id, Sender.read("{\"id\":\"c-1\",\"name\":\"shipped\",\"details\":{\"parcel\":\"A\"}}"));

        var answer = sender.get(path("bottega", id));

        assertThat(answer.status()).isEqualTo(200);
        var story = answer.json();
        assertThat(story.path("journeyKey").asText()).isEqualTo("bottega:" + id);
        assertThat(story.path("order")).isEqualTo(order(id));
        assertThat(story.path("trackingUrl")).isEqualTo(placed.json().path("trackingUrl"));
        assertThat(story.has("journey")).as("absent until it is chosen").isFalse();
        assertThat(story.at("/milestones/0/occurredAt").asText()).isEqualTo("2026-11-20T08:10:00Z");
        assertThat(story.at("/milestones/0/implied").asBoolean(true)).isFalse();
        assertThat(story.at("/milestones/0").has("parcel")).isFalse();
        assertThat(story.at("/milestones/1/parcel").asText()).isEqualTo("A");
        assertThat(story.at("/milestones/1").has("occurredAt")).isFalse();
        assertThat(story.path("notifications")).isEmpty();
        assertThat(story.at("/promise/from").asText()).isEqualTo("2026-12-28");
        assertThat(story.at("/promise/to").asText()).isEqualTo("2027-01-04");
        assertThat(story.at("/promise/history")).hasSize(1);
    }

    @Test
    void showsAnOrderToItsOwnBrandOnly() {
        sender.places(order(id));

        assertThat(sender.get(path("bottega", "none")).status()).isEqualTo(404);
        assertThat(sender.get(path("nobody", id)).status()).isEqualTo(404);
        var spy = sender.send(sender.request(path("bottega", id)).setHeader("Authorization", "Bearer key-of-atelier"));
        assertThat(spy.status()).isEqualTo(404);
        assertThat(spy.type()).isEqualTo("application/problem+json");
        assertThat(spy.body()).doesNotContain("Rossi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "a//b",
                "a%b",
                "100%",
                "a%2Fb",
                "%2e%2e",
                "a b",
                " a",
                "#1001",
                "a;b=c",
                ";",
                "a?b",
                "a&b=c+d",
                "a\\b",
                "a:b",
                ":",
                "..a",
                "a..b",
                "a/../b",
                "../../etc/passwd",
                "...",
                "1001.json",
                "{id}",
                "$1",
                "<script>",
                "scarpa-è",
                "鞋",
                "\uD83D\uDC5E",
                "e\u0301",
                "'; drop table orders; --",
                "\"",
                "*",
                "~"
            })
    void findsAnOrderWhateverItsId(String strange) {
        assertThat(sender.places(order(strange)).status()).isEqualTo(202);
        assertThat(sender.reports(strange, milestone("ws-1", "leather-cut")).status())
                .isEqualTo(202);

        var story = sender.get(path("bottega", strange));

        assertThat(story.status()).isEqualTo(200);
        assertThat(story.json().path("journeyKey").asText()).isEqualTo("bottega:" + strange);
        assertThat(story.json().at("/order/orderId").asText()).isEqualTo(strange);
        assertThat(story.json().path("milestones").findValuesAsText("name")).contains("leather-cut");
    }

    @Test
    void findsAnOrderWithTheLongestId() {
        var longest = "\uD83D\uDC5E".repeat(100);
        assertThat(sender.places(order(longest)).status()).isEqualTo(202);
        assertThat(sender.get(path("bottega", longest)).status()).isEqualTo(200);
    }

    @Test
    void keepsNamesInAnyScript() {
        var order = order(id);
        order.withObject("customer").put("name", "Bòb \0 鞋 \uD83D\uDC5E \u202E \u2028 '\"\\");

        assertThat(sender.places(order).status()).isEqualTo(202);

        assertThat(sender.get(path("bottega", id)).json().path("order")).isEqualTo(order);
    }

    @Test
    void keepsDetailsAsTheyAre() {
        var milestone = milestone("ws-1", "leather-cut");
        milestone
                .withObject("details")
                .put("note", "\0 \uD83D\uDC5E \u2028")
                .put("\0", 1.50)
                .putNull("none");
        sender.places(order(id));

        assertThat(sender.reports(id, milestone).status()).isEqualTo(202);
        assertThat(sender.reports(id, milestone).status()).isEqualTo(200);

        assertThat(sender.get(path("bottega", id)).json().at("/milestones/0/details"))
                .isEqualTo(milestone.path("details"));
    }

    @Test
    void opensWithEachKeyOfTheBrand() {
        var answer = sender.send(
                sender.request(path("bottega", "none")).setHeader("Authorization", "bearer second-key-of-bottega"));
        assertThat(answer.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic key-of-bottega", "key-of-bottega", "Bearer é"})
    void opensToNobodyWithoutAKey(String authorization) {
        var before = Rows.counted(jdbc);

        var answer = sender.send(sender.request("/api/orders")
                .setHeader("Authorization", authorization)
                .POST(BodyPublishers.ofString(order(id).toString())));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @Test
    void isReadyWhileTheEngineIsAway() {
        for (var path : new String[] {"/actuator/health/readiness", "/actuator/health/liveness"}) {
            var answer = sender.send(sender.request(path).setHeader("Authorization", "none"));
            assertThat(answer.status()).as(path).isEqualTo(200);
        }
        assertThat(sender.send(sender.request("/actuator/health").setHeader("Authorization", "none"))
                        .json()
                        .has("status"))
                .isTrue();
    }

    private String stateOfJourney() {
        return jdbc.sql("select state from journey where journey_key = :key")
                .param("key", "bottega:" + id)
                .query(String.class)
                .single();
    }
}
