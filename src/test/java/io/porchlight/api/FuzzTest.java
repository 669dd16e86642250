package io.porchlight.api;

import static io.porchlight.api.Sender.milestone;
import static io.porchlight.api.Sender.order;
import static io.porchlight.api.Sender.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.api.Sender.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Whatever a sender's bug makes of an order, the answer is never our failure. */
@OverHttp
@TestConstructor(autowireMode = AutowireMode.ALL)
class FuzzTest {

    private static final int ROUNDS = 400;

    /** Values that broke something somewhere before. */
    private static final List<String> NASTY = List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "-1",
            "2147483648",
            "9223372036854775808",
            "1e308",
            "1e-400",
            "1e99999",
            "12345678901234567890.123456789",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "\"\\uffff\"",
            "\"\\u202e\"",
            "\"-\"",
            "\"..\"",
            "\"2026-02-30\"",
            "\"-999999999-01-01\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"0000-00-00T00:00:00Z\"",
            "\"2026-12-31T23:59:60Z\"",
            "\"en_US@x=y\"",
            "\"${jndi:ldap://x}\"",
            "\"' or 1=1; --\"",
            "[]",
            "[null]",
            "[[[]]]",
            "[1,\"a\",{}]",
            "{}",
            "{\"\":null}",
            "{\"\\u0000\":{}}",
            "{\"\\ud800\":1}",
            "{\"from\":null,\"to\":null}");

    private final Sender sender;
    private final Random random = new Random(20261121);

    FuzzTest(Sender sender) {
        this.sender = sender;
    }

    @Test
    void neverFailsOnAMisshapenOrder() {
        for (int round = 0; round < ROUNDS; round++) {
            var body = misshapen(order("fuzz-" + round));
            thatIsNotOurFailure(body, sender.post("/api/orders", body));
        }
    }

    @Test
    void neverFailsOnAMisshapenMilestone() {
        for (int round = 0; round < ROUNDS; round++) {
            var body = misshapen(milestone("fuzz-" + round, "leather-cut"));
            thatIsNotOurFailure(body, sender.post(path("bottega", "fuzz-" + round % 50) + "/milestones", body));
        }
    }

    @Test
    void neverFailsOnBrokenText() {
        for (int round = 0; round < ROUNDS; round++) {
            var bytes = (round % 2 == 0 ? order("torn-" + round) : milestone("torn-" + round, "shipped"))
                    .toString()
                    .getBytes(UTF_8);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bytes = broken(bytes);
            }
            var path = round % 2 == 0 ? "/api/orders" : path("bottega", "torn") + "/milestones";
            thatIsNotOurFailure(
                    new String(bytes, UTF_8), sender.post(path, BodyPublishers.ofByteArray(bytes), "application/json"));
        }
    }

    @Test
    void neverFailsOnAStrangePath() {
        var pieces = List.of(
                "%2F",
                "%5C",
                "%00",
                "%25",
                "%2e%2e",
                "..",
                ".",
                "%0d%0a",
                "%ff",
                "%C0%AF",
                ";",
                ";a=b",
                "//",
                "%7B",
                "a",
                "1",
                "%E2%80%A8",
                "%ED%A0%80",
                "%20",
                "+",
                "*",
                "@",
                ":",
                "!");
        for (int round = 0; round < ROUNDS; round++) {
            var id = new StringBuilder();
            for (int length = 1 + random.nextInt(4); length > 0; length--) {
                id.append(pieces.get(random.nextInt(pieces.size())));
            }
            thatIsNotOurFailure(id.toString(), sender.get("/api/orders/bottega/" + id));
            thatIsNotOurFailure(
                    id.toString(),
                    sender.post(
                            "/api/orders/bottega/" + id + "/milestones",
                            milestone("1", "shipped").toString()));
        }
    }

    private static void thatIsNotOurFailure(String sent, Answer answer) {
        assertThat(answer.status())
                .as("%s%n→ %s", sent, answer.body())
                .isGreaterThanOrEqualTo(200)
                .isLessThan(500);
        assertThat(answer.status() / 100).as(sent).isIn(2, 4);
        assertThat(answer.body()).doesNotContain("\tat ", "Exception:");
    }

    /** Changes one to three values, anywhere. */
    private String misshapen(ObjectNode document) {
        var text = "";
        var marks = new ArrayList<String>();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            var places = new ArrayList<JsonNode>();
            gather(document, places);
            var place = places.get(random.nextInt(places.size()));
            var mark = "mark-" + changes;
            if (place instanceof ObjectNode object && !object.isEmpty()) {
                var names = object.properties().stream().map(Map.Entry::getKey).toList();
                var name = names.get(random.nextInt(names.size()));
                if (random.nextInt(6) == 0) {
                    object.remove(name);
                } else {
                    object.put(name, mark);
                    marks.add(mark);
                }
            } else if (place instanceof ArrayNode array) {
                array.add(mark);
                marks.add(mark);
            }
            text = document.toString();
        }
        for (var mark : marks) {
            text = text.replace('"' + mark + '"', NASTY.get(random.nextInt(NASTY.size())));
        }
        return text;
    }

    private static void gather(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> gather(child, places));
        }
    }

    private byte[] broken(byte[] text) {
        int at = random.nextInt(text.length);
        int length = Math.min(text.length - at, 1 + random.nextInt(8));
        return switch (random.nextInt(4)) {
            case 0 -> joined(text, at, new byte[0], at + length);
            case 1 -> joined(text, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            case 2 -> joined(text, at + length, Arrays.copyOfRange(text, at, at + length), at + length);
            default ->
                joined(text, at, "{}[]\",:\\".substring(random.nextInt(8)).getBytes(UTF_8), at);
        };
    }

    private static byte[] joined(byte[] text, int until, byte[] between, int from) {
        var out = new byte[until + between.length + text.length - from];
        System.arraycopy(text, 0, out, 0, until);
        System.arraycopy(between, 0, out, until, between.length);
        System.arraycopy(text, from, out, until + between.length, text.length - from);
        return out;
    }
}
