package io.porchlight.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import io.porchlight.signals.Inbox;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Wanted;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What the team sees and does in the studio, without any JavaScript. */
@StudioRunning
@Import(Shop.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
class StudioTest {

    private static int tests;

    private final Inbox inbox;
    private final SignalDesk desk;
    private final Shop shop;
    private final Orders orders;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Visitor visitor;
    private String order = "";

    StudioTest(
            Inbox inbox,
            SignalDesk desk,
            Shop shop,
            Orders orders,
            JdbcClient jdbc,
            Clock clock,
            @LocalServerPort int port) {
        this.inbox = inbox;
        this.desk = desk;
        this.shop = shop;
        this.orders = orders;
        this.jdbc = jdbc;
        this.clock = clock;
        this.visitor = new Visitor(port);
    }

    @BeforeEach
    void anEmptyDesk() {
        jdbc.sql("delete from awaited").update();
        jdbc.sql("delete from signal").update();
        order = "studio-" + ++tests;
    }

    @Test
    void whoTriesManyWrongPasswordsIsAskedToWaitAndNobodyElseIs() {
        String door = "/studio/sign-in";
        var wrong = Map.of("username", "anna", "password", "a guess");
        for (int n = 0; n < 10; n++) {
            assertThat(visitor.postFrom("203.0.113.9", door, door, wrong)
                            .headers()
                            .firstValue("Location"))
                    .hasValueSatisfying(there -> assertThat(there).endsWith(door + "?wrong"));
        }

        var refused = visitor.postFrom(
                "203.0.113.9", door, door, Map.of("username", "anna", "password", StudioRunning.PASSWORD));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1, 61);
        var page = Jsoup.parse(refused.body());
        assertThat(page.select("[role=alert]").text())
                .matches("Too many wrong passwords were tried. Try again in \\d+ seconds?\\.");
        assertThat(page.select("form[action=" + door + "] input[name=_csrf]")).isNotEmpty();
        visitor.signIn();
        assertThat(visitor.get("/studio").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyComesInWithoutSigningIn() {
        for (String path : List.of("/studio", "/studio/imports", "/studio/signals/1", "/studio/signals/1/body")) {
            var answer = visitor.send(
                    visitor.request(path).header("Accept", "text/html").GET());
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/studio/sign-in");
        }
        var part = visitor.send(visitor.request("/studio/news?after=0")
                .header("HX-Request", "true")
                .GET());
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/studio/sign-in?again");

        var wrong = visitor.fillIn(
                "/studio/sign-in", "/studio/sign-in", Map.of("username", "anna", "password", "a bad secret"));
        assertThat(Jsoup.parse(wrong.body()).select("[role=alert]").text()).contains("do not belong together");
        assertThat(visitor.page("/studio/sign-in").text()).doesNotContain("On this machine");

        visitor.signIn();
        assertThat(visitor.get("/studio").statusCode()).isEqualTo(200);
        visitor.fillIn("/studio", "/studio/sign-out", Map.of());
        assertThat(visitor.send(visitor.request("/studio")
                                .header("Accept", "text/html")
                                .GET())
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void nothingChangesByAForgedForm() {
        visitor.signIn();
        long id = parked();
        for (String deed : List.of("replay", "attach", "ignore")) {
            var answer = visitor.post("/studio/signals/" + id + "/" + deed, Map.of("order", "1", "_csrf", "guessed"));
            assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/studio/sign-in?again");
        }
        var file = visitor.upload(
                "/studio/imports",
                Map.of("_csrf", "guessed", "id", "00000000-0000-0000-0000-000000000001", "brand", "bottega"),
                "orderId,id,name\n" + order + ",ws-1,leather-cut\n");
        assertThat(file.body()).contains("Please sign in again");
        assertThat(jdbc.sql("select count(*) from order_import")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(state(id)).isEqualTo(State.PARKED);
    }

    @Test
    void letsNothingRunThatASenderWrote() {
        visitor.signIn();
        receives("\"</pre><script>alert(1)</script>", "{\"type\":\"<img src=x onerror=alert(1)>\",\"data\":{}}");
        long id = await().until(() -> only(), signal -> signal > 0 && state(signal) == State.PARKED);

        var answer = visitor.get("/studio/signals/" + id);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        var page = Jsoup.parse(answer.body());
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img, [onerror], [style], style")).isEmpty();
        assertThat(page.select("pre").text()).contains("onerror=alert(1)");
        var saved = visitor.get("/studio/signals/" + id + "/body");
        assertThat(saved.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(saved.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    }

    @Test
    void servesItsStyleAndItsScriptFromItsOwnOrigin() {
        var page = visitor.page("/studio/sign-in");
        var style = visitor.get(page.expectFirst("link[rel=stylesheet]").attr("href"));
        var script = visitor.get(page.expectFirst("script").attr("src"));

        assertThat(style.body()).contains("--paper");
        assertThat(style.headers().firstValue("Content-Type").orElse("")).startsWith("text/css");
        assertThat(script.body()).contains("htmx");
        assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
        assertThat(script.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }

    @Test
    void tellsWhatWouldBeHereAndHowToSendAFirstSignal() {
        visitor.signIn();
        var page = visitor.page("/studio");
        assertThat(page.select(".empty h2").text()).isEqualTo("Nobody has spoken yet");
        assertThat(page.select("pre").text())
                .contains("http://localhost:8080/webhooks/standard/bottega")
                .contains("openssl dgst -sha256");
        assertThat(visitor.page("/studio/imports").text()).contains("Nothing was handed in yet");
    }

    @Test
    void showsWhatWaitsAndGivesItToTheOrderThatAPersonNames() {
        visitor.signIn();
        receives("w-1", happened("another-" + order));
        long id = await().until(() -> only(), signal -> signal > 0 && state(signal) == State.WAITING);
        shop.sells(order);

        var page = visitor.page("/studio");
        assertThat(page.select(".card .tally").text()).isEqualTo("1 waiting");
        assertThat(page.select(".rows .state").text()).isEqualTo("Waiting");
        assertThat(page.select(".rows .why").text()).contains("order another-" + order);

        var nobody = visitor.fillIn("/studio/signals/" + id, deed(id, "attach"), Map.of("order", "nothing"));
        assertThat(Jsoup.parse(nobody.body()).select("#wrong").text())
                .isEqualTo("There is no order \"nothing\" of bottega.");
        visitor.fillIn("/studio/signals/" + id, deed(id, "attach"), Map.of("order", order));

        await().until(() -> state(id), State.UNDERSTOOD::equals);
        assertThat(desk.find(id).orElseThrow().signal().key()).isEqualTo(new JourneyKey("bottega", order));
        assertThat(visitor.page("/studio").select(".empty h2").text()).isEqualTo("All is well");
    }

    @Test
    void letsAParkedSignalRestAndBringsItBack() {
        visitor.signIn();
        long id = parked();
        assertThat(visitor.page("/studio").select(".tabs b").eachText()).containsExactly("1", "1");

        var answer = visitor.fillIn("/studio/signals/" + id, deed(id, "ignore"), Map.of("why", "only a test"));
        assertThat(Jsoup.parse(answer.body()).select("[role=status]").text()).startsWith("It rests now");
        assertThat(desk.find(id).orElseThrow().signal().reason()).isEqualTo("Ignored by anna: only a test");

        visitor.fillIn("/studio/signals/" + id, deed(id, "replay"), Map.of());
        await().until(() -> state(id), State.PARKED::equals);
    }

    @Test
    void showsMilestonesWhoseOrderNobodyKnows() {
        visitor.signIn();
        String report = "{\"id\":\"ws-1\",\"name\":\"leather-cut\"}";
        visitor.send(visitor.request("/api/orders/bottega/" + order + "/milestones")
                .header("Authorization", "Bearer key-of-bottega")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(report)));

        var row = visitor.page("/studio").expectFirst("#unclaimed .rows .row");

        assertThat(row.select(".what").text()).isEqualTo("leather-cut order " + order + " · bottega");
        assertThat(row.select(".why").text())
                .isEqualTo("There is no order " + order + " yet. This waits for it, up to 30 days.");
        jdbc.sql("delete from milestone where journey_key = :key")
                .param("key", "bottega:" + order)
                .update();
        assertThat(visitor.page("/studio").select("#unclaimed")).isEmpty();
    }

    @Test
    void noticesASenderWhoHasGoneQuiet() {
        visitor.signIn();
        for (int hour = 0; hour < 6; hour++) {
            receives("q-" + hour, happened(order + hour));
        }
        await().until(() ->
                desk.list(new Wanted(State.WAITING, null, null, null, null), 10).size() == 6);
        long now = clock.instant().toEpochMilli();
        var ids = desk.list(Wanted.ALL, 10);
        for (int index = 0; index < ids.size(); index++) {
            jdbc.sql("update signal set received_at = :at where id = :id")
                    .param("at", new Timestamp(now - Duration.ofHours(7 + index).toMillis()))
                    .param("id", ids.get(index).id())
                    .update();
        }

        var card = visitor.page("/studio").expectFirst(".card.quiet");

        assertThat(card.select(".said").text())
                .isEqualTo("Quiet for 7 hours; it usually speaks every 60 minutes or so.");
        assertThat(card.select("svg").attr("aria-label")).isEqualTo("6 signals in the last 24 hours");
        assertThat(card.select("svg rect")).hasSize(24);
        assertThat(card.select("svg rect:not(.none)")).hasSize(6);
    }

    @Test
    void takesAFileAndReportsEachLine() {
        visitor.signIn();
        var fields = new java.util.LinkedHashMap<String, String>();
        visitor.page("/studio/imports")
                .select("#upload input[type=hidden]")
                .forEach(hidden -> fields.put(hidden.attr("name"), hidden.attr("value")));
        fields.put("brand", "bottega");
        shop.sells(order);
        String table = "orderId,id,name\n" + order + ",ws-1,leather-cut\n" + order + ",ws-1,leather-cut\n" + order
                + ",ws-2,Cut!\n";

        var page = Jsoup.parse(visitor.upload("/studio/imports", fields, table).body());

        assertThat(page.select("h1").text()).isEqualTo("It is read");
        assertThat(page.select(".sums dd").eachText()).containsExactly("3", "1", "1", "1");
        assertThat(page.select("tbody td").eachText())
                .containsExactly("4", order, "name", "must be kebab-case, such as leather-cut");
        assertThat(visitor.get("/studio/imports/" + fields.get("id") + "/report")
                        .body()
                        .lines())
                .hasSize(4);
        assertThat(visitor.page("/studio/imports/" + fields.get("id") + "/progress")
                        .select("[hx-trigger]"))
                .isEmpty();
        assertThat(visitor.page("/studio/imports").select(".rows .why").text())
                .isEqualTo("1 accepted, 1 known already, 1 refused");
        var again = visitor.upload("/studio/imports", fields, table);
        assertThat(Jsoup.parse(again.body()).select(".sums dd").eachText())
                .as("the same form sent twice is read once")
                .containsExactly("3", "1", "1", "1");
        assertThat(orders.find(new JourneyKey("bottega", order))).isPresent();
        jdbc.sql("delete from import_line").update();
        jdbc.sql("delete from order_import").update();
    }

    @Test
    void saysSoWhenThereIsNothing() {
        visitor.signIn();
        for (String path : List.of("/studio/signals/999999", "/studio/signals/x", "/studio/imports/none")) {
            var answer = visitor.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(Jsoup.parse(answer.body()).select("h1").text()).isEqualTo("There is nothing here");
        }
    }

    private static String deed(long id, String deed) {
        return "/studio/signals/" + id + "/" + deed;
    }

    private static String happened(String order) {
        return """
                {"type":"milestone.reached","data":{"orderId":"%s","id":"ws-1","name":"leather-cut"}}
                """.formatted(order);
    }

    private long parked() {
        receives("p-" + order, "{\"type\":\"shoes.sung\",\"data\":{}}");
        return await().until(() -> only(), signal -> signal > 0 && state(signal) == State.PARKED);
    }

    private void receives(String key, String body) {
        inbox.receive("standard", "bottega", List.of(new Posted(key, body, "milestone.reached", null, body, Map.of())));
    }

    private long only() {
        return desk.list(Wanted.ALL, 1).stream()
                .mapToLong(signal -> signal.id())
                .findFirst()
                .orElse(0);
    }

    private State state(long id) {
        return desk.find(id).orElseThrow().signal().state();
    }
}
