package io.porchlight.api;

import static io.porchlight.api.Sender.milestone;
import static io.porchlight.api.Sender.order;
import static io.porchlight.api.Sender.path;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.api.Sender.Answer;
import io.porchlight.database.Rows;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What cannot be right is refused in words that a sender can act upon, and leaves no trace. */
@OverHttp
@TestConstructor(autowireMode = AutowireMode.ALL)
class BadInputTest {

    private static final int TWO_MEBIBYTES = 2 * 1024 * 1024;

    private final Sender sender;
    private final JdbcClient jdbc;
    private Map<String, Long> before = Map.of();

    BadInputTest(Sender sender, JdbcClient jdbc) {
        this.sender = sender;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void count() {
        before = Rows.counted(jdbc);
    }

    @AfterEach
    void leavesNoTrace() {
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    static Stream<Arguments> ordersWithAFault() {
        var longId = "x".repeat(201);
        return Stream.of(
                arguments("brand", with("/brand", "\"nobody\"")),
                arguments("brand", with("/brand", "\"\"")),
                arguments("brand", with("/brand", "null")),
                arguments("brand", with("/brand", "\"bottega \"")),
                arguments("brand", with("/brand", "\"bottega:1\"")),
                arguments("brand", with("/brand", "\"" + longId + "\"")),
                arguments("brand", with("/brand", "{}")),
                arguments("orderId", without("/orderId")),
                arguments("orderId", with("/orderId", "null")),
                arguments("orderId", with("/orderId", "\"\"")),
                arguments("orderId", with("/orderId", "\" \\t \"")),
                arguments("orderId", with("/orderId", "\"" + longId + "\"")),
                arguments("orderId", with("/orderId", "\"a\\u0000b\"")),
                arguments("orderId", with("/orderId", "\"a\\nb\"")),
                arguments("orderId", with("/orderId", "\"a\\u007fb\"")),
                arguments("orderId", with("/orderId", "\"a\\u0085b\"")),
                arguments("orderId", with("/orderId", "\"a\\u2028b\"")),
                arguments("orderId", with("/orderId", "\"a\\ud83d\"")),
                arguments("orderId", with("/orderId", "\"\\udc5ea\"")),
                arguments("orderId", with("/orderId", "[\"1001\"]")),
                arguments("orderId", with("/orderId", "{\"id\":1}")),
                arguments("orderId", with("/orderId", "\".\"")),
                arguments("orderId", with("/orderId", "\"..\"")),
                arguments("placedAt", without("/placedAt")),
                arguments("placedAt", with("/placedAt", "\"yesterday\"")),
                arguments("placedAt", with("/placedAt", "\"\"")),
                arguments("placedAt", with("/placedAt", "\"2026-11-21\"")),
                arguments("placedAt", with("/placedAt", "\"2026-02-30T10:00:00Z\"")),
                arguments("placedAt", with("/placedAt", "1e400000000")),
                arguments("placedAt", with("/placedAt", "true")),
                arguments("customer", without("/customer")),
                arguments("customer", with("/customer", "5")),
                arguments("customer", with("/customer", "[]")),
                arguments("customer", with("/customer", "\"Bob\"")),
                arguments("customer.id", without("/customer/id")),
                arguments("customer.id", with("/customer/id", "\"\"")),
                arguments("customer.id", with("/customer/id", "\"" + longId + "\"")),
                arguments("customer.id", with("/customer/id", "\"a\\u0000\"")),
                arguments("customer.name", with("/customer/name", "\"" + "x".repeat(501) + "\"")),
                arguments("customer.name", with("/customer/name", "{\"first\":\"Bob\"}")),
                arguments("customer.name", with("/customer/name", "\"Bob \\ud83d Rossi\"")),
                arguments("customer.name", with("/customer/name", "\"\\udc5e\\ud83d\"")),
                arguments("customer.email", with("/customer/email", "\"bob\\ud83d@example.com\"")),
                arguments("customer.locale", with("/customer/locale", "\"no language\"")),
                arguments("customer.timeZone", with("/customer/timeZone", "\"Europe/Atlantis\"")),
                arguments("customer.timeZone", with("/customer/timeZone", "\"\"")),
                arguments("customer.timeZone", with("/customer/timeZone", "\"../../etc/passwd\"")),
                arguments("customer.consent.marketing", with("/customer/consent/marketing", "\"yes\"")),
                arguments("customer.consent.marketing", with("/customer/consent/marketing", "1")),
                arguments("customer.consent.sms", with("/customer/consent/sms", "\"true\"")),
                arguments("lines", without("/lines")),
                arguments("lines", with("/lines", "[]")),
                arguments("lines", with("/lines", "{}")),
                arguments("lines", with("/lines", "\"shoes\"")),
                arguments("lines", with("/lines", lines(1_001))),
                arguments("lines[0]", with("/lines", "[null]")),
                arguments("lines[0]", with("/lines", "[5]")),
                arguments("lines[0].sku", with("/lines/0/sku", "\"\"")),
                arguments("lines[0].sku", with("/lines/0/sku", "\"" + longId + "\"")),
                arguments("lines[0].name", without("/lines/0/name")),
                arguments("lines[0].name", with("/lines/0/name", "\"\\ud83d\"")),
                arguments("lines[0].quantity", without("/lines/0/quantity")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "0")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "-1")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "1e9")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "1e400000000")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "1.5")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "2147483648")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "\"2\"")),
                arguments("lines[0].quantity", with("/lines/0/quantity", "true")),
                arguments("lines[0].tags[0]", with("/lines/0/tags", "[\"\"]")),
                arguments("lines[0].tags", with("/lines/0/tags", "\"italian-shoes\"")),
                arguments("promise.to", with("/promise", "{\"from\":\"2027-01-04\",\"to\":\"2026-12-28\"}")),
                arguments("promise.to", with("/promise", "{\"from\":\"2027-01-04\"}")),
                arguments("promise.from", with("/promise", "{\"to\":\"2027-01-04\"}")),
                arguments("promise.from", with("/promise", "{\"from\":\"soon\",\"to\":\"2027-01-04\"}")),
                arguments("promise.to", with("/promise", "{\"from\":\"2027-01-04\",\"to\":\"+999999999-12-31\"}")),
                arguments("promise.from", with("/promise", "{\"from\":\"-999999999-01-01\",\"to\":\"2027-01-04\"}")),
                arguments("promise", with("/promise", "\"soon\"")),
                arguments("country", with("/country", "\"Italy\"")),
                arguments("value.amount", with("/value", "{\"amount\":-1,\"currency\":\"EUR\"}")),
                arguments("value.amount", with("/value", "{\"amount\":1e400000000,\"currency\":\"EUR\"}")),
                arguments("value.amount", with("/value", "{\"amount\":1e-400000000,\"currency\":\"EUR\"}")),
                arguments("value.currency", with("/value", "{\"amount\":1,\"currency\":\"euro\"}")));
    }

    @ParameterizedTest(name = "{0}: {index}")
    @MethodSource("ordersWithAFault")
    void namesTheFieldOfAnOrder(String field, String order) {
        thatNames(field, sender.post("/api/orders", order));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b\r\nBcc: x@y",
                "bob@example.com\n",
                "\nbob@example.com",
                "bob\r@example.com",
                "bob@example.com\u2028",
                "bob@exam\u2029ple.com",
                "bob@example.com\u0000",
                "bob\u0085@example.com",
                "bob@example.com, jane@example.com",
                "bob@example.com,jane@example.com",
                "bob@example.com;jane@example.com",
                "friends: bob@example.com, jane@example.com;",
                "friends:bob@example.com;",
                "undisclosed-recipients:;",
                "@relay.example:bob@example.com",
                "<bob@example.com>",
                "Bob <bob@example.com>",
                "bob@[127.0.0.1]",
                "bob@[IPv6:::1]",
                "\"bob rossi\"@example.com",
                "bob(comment)@example.com",
                "bob@example.com(comment)",
                "bob@@example.com",
                "bob@",
                "@example.com",
                "bob",
                "",
                " ",
                "bob @example.com",
                "bob@example..com",
                ".bob@example.com",
                "bob@-example.com",
                "bob\\@example.com"
            })
    void takesOneAddressAndNothingElse(String address) {
        var order = order("bad-address");
        order.withObject("customer").put("email", address);

        thatNames("customer.email", sender.places(order));
    }

    @Test
    void takesNoAddressThatIsTooLong() {
        var order = order("bad-address");
        order.withObject("customer").put("email", "bob@" + "example.".repeat(32) + "com");

        thatNames("customer.email", sender.places(order));
    }

    static Stream<Arguments> milestonesWithAFault() {
        return Stream.of(
                arguments("id", "{\"name\":\"leather-cut\"}"),
                arguments("id", "{\"id\":\"\",\"name\":\"leather-cut\"}"),
                arguments("id", "{\"id\":\" \",\"name\":\"leather-cut\"}"),
                arguments("id", "{\"id\":null,\"name\":\"leather-cut\"}"),
                arguments("id", "{\"id\":\"" + "x".repeat(201) + "\",\"name\":\"leather-cut\"}"),
                arguments("id", "{\"id\":\"a\\u0000\",\"name\":\"leather-cut\"}"),
                arguments("id", "{\"id\":\"a\\ud800\",\"name\":\"leather-cut\"}"),
                arguments("name", "{\"id\":\"1\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":null}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"Leather cut\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"leatherCut\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"leather_cut\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"-leather\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"leather--cut\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"leather-\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"leather-cut\\n\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"l\\u00e8ather\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"leather-\\ud800\"}"),
                arguments("name", "{\"id\":\"1\",\"name\":\"" + "x".repeat(101) + "\"}"),
                arguments("occurredAt", "{\"id\":\"1\",\"name\":\"shipped\",\"occurredAt\":\"now\"}"),
                arguments("occurredAt", "{\"id\":\"1\",\"name\":\"shipped\",\"occurredAt\":{}}"),
                arguments("occurredAt", "{\"id\":\"1\",\"name\":\"shipped\",\"occurredAt\":1e400000000}"),
                arguments(
                        "occurredAt",
                        "{\"id\":\"1\",\"name\":\"shipped\",\"occurredAt\":\"-999999999-01-01T00:00:00Z\"}"),
                arguments("occurredAt", "{\"id\":\"1\",\"name\":\"shipped\",\"occurredAt\":\"-9999-01-01T00:00:00Z\"}"),
                arguments("details", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":[]}"),
                arguments("details", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":\"none\"}"),
                arguments("details.parcel", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"parcel\":\"\"}}"),
                arguments("details.parcel", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"parcel\":5}}"),
                arguments("details.parcel", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"parcel\":\"-\"}}"),
                arguments("details.parcel", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"parcel\":\"\\u0000\"}}"),
                arguments("details.parcel", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"parcel\":\"\\ud800\"}}"),
                arguments("details.note", "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"note\":\"\\ud800\"}}"),
                arguments(
                        "details.parcel",
                        "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"parcel\":\"" + "x".repeat(201) + "\"}}"));
    }

    @ParameterizedTest(name = "{0}: {index}")
    @MethodSource("milestonesWithAFault")
    void namesTheFieldOfAMilestone(String field, String milestone) {
        thatNames(field, sender.post(path("bottega", "bad-milestone") + "/milestones", milestone));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "%20", "%00", "a%00b", "a%0Ab", "%E2%80%A8"})
    void takesNoMilestoneOfAnImpossibleOrder(String orderId) {
        var answer = sender.post(
                "/api/orders/bottega/" + orderId.replace(" ", "%20") + "/milestones",
                milestone("1", "shipped").toString());

        assertThat(answer.status()).isBetween(400, 499);
    }

    @Test
    void takesNoMilestoneOfAnIdThatIsTooLong() {
        thatNames("orderId", sender.reports("x".repeat(201), milestone("1", "shipped")));
    }

    @Test
    void takesNoMilestoneOfAnUnknownBrand() {
        thatNames(
                "brand",
                sender.post(
                        path("nobody", "1") + "/milestones",
                        milestone("1", "shipped").toString()));
    }

    @Test
    void opensNoOtherBrand() {
        thatNames(403, "brand", sender.places(order("1").put("brand", "atelier")));
        thatNames(
                403,
                "brand",
                sender.post(
                        path("atelier", "1") + "/milestones",
                        milestone("1", "shipped").toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "[{}]",
                "\"order\"",
                "5",
                "true",
                "{",
                "{}}",
                "{} {}",
                "{]",
                "{'brand':'bottega'}",
                "{\"brand\":\"bottega\",}",
                "{\"brand\":\"bottega\",\"brand\":\"atelier\"}",
                "{\"brand\":\"bottega\",\"customer\":{\"id\":\"1\",\"id\":\"2\"}}",
                "{\"brand\":NaN}",
                "{\"brand\":\"a\nb\"}",
                "<order/>",
                "brand=bottega"
            })
    void wantsOneWellFormedObject(String body) {
        thatNames("body", sender.post("/api/orders", body));
        thatNames("body", sender.post(path("bottega", "1") + "/milestones", body));
    }

    @Test
    void isNotImpressedByDepth() {
        var deep = "[".repeat(100_000);
        thatNames("body", sender.post("/api/orders", deep));
        thatNames("body", sender.post("/api/orders", deep + "]".repeat(100_000)));
        thatNames("body", sender.post("/api/orders", "{\"a\":".repeat(100_000)));
        thatNames(
                "body",
                sender.post(
                        path("bottega", "1") + "/milestones",
                        "{\"id\":\"1\",\"name\":\"shipped\",\"details\":{\"a\":" + deep + "]".repeat(100_000) + "}}"));
    }

    @Test
    void isNotImpressedByLongNumbers() {
        var number = "9".repeat(10_000);
        for (var nasty : new String[] {number, "-" + number, "0." + number, "1e" + number}) {
            thatNames("body", sender.post("/api/orders", with("/lines/0/quantity", nasty)));
            thatNames("body", sender.post("/api/orders", with("/unknown", nasty)));
        }
    }

    @Test
    void isNotImpressedByLongTexts() {
        var order = order("1").put("orderId", "x".repeat(TWO_MEBIBYTES - 2_000));
        thatNames("orderId", sender.places(order));
        var milestone = milestone("1", "x".repeat(TWO_MEBIBYTES - 2_000));
        thatNames("name", sender.reports("1", milestone));
    }

    @Test
    void carriesNoMoreThanTwoMebibytes() {
        var tooLarge = order("1").put("note", "x".repeat(TWO_MEBIBYTES)).toString();

        thatNames(413, "body", sender.post("/api/orders", tooLarge));
        thatNames(413, "body", sender.postChunked("/api/orders", tooLarge.getBytes(UTF_8)));
        var milestone =
                milestone("1", "shipped").put("note", "x".repeat(TWO_MEBIBYTES)).toString();
        thatNames(413, "body", sender.post(path("bottega", "1") + "/milestones", milestone));
        thatNames(413, "body", sender.postChunked(path("bottega", "1") + "/milestones", milestone.getBytes(UTF_8)));
    }

    @Test
    void readsNoNoise() {
        var random = new Random(42);
        for (int size : new int[] {1, 10, 1_000, 100_000}) {
            var noise = new byte[size];
            random.nextBytes(noise);
            noise[0] = (byte) 0xff;
            var answer = sender.post("/api/orders", BodyPublishers.ofByteArray(noise), "application/json");
            thatNames("body", answer);
        }
        var latin = order("1").put("note", "è").toString().getBytes(ISO_8859_1);
        thatNames("body", sender.post("/api/orders", BodyPublishers.ofByteArray(latin), "application/json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"})
    void readsJsonOnly(String type) {
        var answer =
                sender.post("/api/orders", BodyPublishers.ofString(order("1").toString()), type);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.type()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rubbish", "application/json; charset=klingon"})
    void survivesAContentTypeThatMakesNoSense(String type) {
        var answer =
                sender.post("/api/orders", BodyPublishers.ofString(order("1").toString()), type);

        assertThat(answer.status()).isBetween(400, 499);
    }

    @Test
    void namesEveryFaultAtOnce() {
        var order = order("");
        order.withObject("customer").put("email", "nobody").put("timeZone", "Mars/Olympus");

        assertThat(sender.places(order).json().path("errors").findValuesAsText("field"))
                .containsExactly("customer.email", "customer.timeZone", "orderId");
    }

    private static void thatNames(String field, Answer answer) {
        thatNames(400, field, answer);
    }

    private static void thatNames(int status, String field, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.field()).as(answer.body()).isEqualTo(field);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("\tat ", "Exception", "io.porchlight", "com.fasterxml");
    }

    /** A valid order, but for one value, which is written as given. */
    private static String with(String pointer, String json) {
        var order = order("bad-input");
        var mark = "the one thing that is different";
        parent(order, pointer).put(name(pointer), mark);
        return order.toString().replace('"' + mark + '"', json);
    }

    private static String without(String pointer) {
        var order = order("bad-input");
        parent(order, pointer).remove(name(pointer));
        return order.toString();
    }

    private static ObjectNode parent(JsonNode order, String pointer) {
        return (ObjectNode) order.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static String lines(int many) {
        var lines = Sender.JSON.createArrayNode();
        for (int number = 0; number < many; number++) {
            lines.addObject().put("sku", "sku-" + number).put("name", "Shoes").put("quantity", 1);
        }
        return lines.toString();
    }
}
