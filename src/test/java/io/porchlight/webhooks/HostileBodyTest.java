package io.porchlight.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.Rows;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Signal.State;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bodies that can only be meant to hurt are refused within a second, though they are signed. */
@WithWebhooks
class HostileBodyTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private final Vendors vendors;
    private final JdbcClient jdbc;

    HostileBodyTest(Vendors vendors, JdbcClient jdbc) {
        this.vendors = vendors;
        this.jdbc = jdbc;
    }

    static Stream<Arguments> bodies() {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        return Stream.of(
                Arguments.of("random bytes", noise, 400),
                Arguments.of("nothing", new byte[0], 400),
                Arguments.of("100,000 brackets", "[".repeat(100_000).getBytes(UTF_8), 400),
                Arguments.of("100,000 objects", "{\"a\":".repeat(100_000).getBytes(UTF_8), 400),
                Arguments.of("duplicate keys", "{\"id\":1,\"id\":2}".getBytes(UTF_8), 400),
                Arguments.of("something behind it", "{\"id\":1} {}".getBytes(UTF_8), 400),
                Arguments.of("no object", "\"text\"".getBytes(UTF_8), 400),
                Arguments.of("a lone byte of UTF-8", "{\"id\":\"\u00e9\"}".getBytes(ISO_8859_1), 400),
                Arguments.of("2 MiB of one string", quoted(2 * MEBIBYTE), 413),
                Arguments.of("nearly 2 MiB of one string", quoted(2 * MEBIBYTE - 100), 400),
                Arguments.of(
                        "a number with 10,000 digits", ("{\"id\":" + "9".repeat(10_000) + "}").getBytes(UTF_8), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isRefusedWithinASecond(String name, byte[] body, int status) throws Exception {
        vendors.shopify("orders/create", "{}"); // whoever is first also waits for classes to be loaded
        var before = Rows.counted(jdbc);
        long begin = System.nanoTime();

        var answer = vendors.send(vendors.request("shopify")
                .header("X-Shopify-Topic", "orders/create")
                .header("X-Shopify-Hmac-Sha256", signed(body))
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(name).isLessThan(Duration.ofSeconds(1));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":{\"id\":1}}",
                "{\"id\":\"\"}",
                "{\"id\":1,\"line_items\":7,\"customer\":[]}",
                "{\"id\":1e400,\"created_at\":true}",
                "{\"id\":\"\\ud800\",\"created_at\":\"2026-11-20T10:00:00Z\"}",
                "{\"id\":\"\\u0000\"}"
            })
    void whatIsWellSignedButSaysNothingUsableIsKeptAndParked(String body) {
        for (var topic : List.of("orders/create", "fulfillments/create", "fulfillment_events/create", "no/topic")) {
            assertThat(vendors.shopify(topic, body).statusCode()).isEqualTo(200);
            var signal = vendors.newest();
            assertThat(signal.state()).as(topic).isEqualTo(State.PARKED);
            assertThat(signal.reason()).isNotBlank();
        }
    }

    @Test
    void aBodyThatLooksLikeOneFormatButIsSignedAsAnotherIsRefused() {
        assertThat(vendors.cloudEvent("application/cloudevents+avro", "{}").statusCode())
                .isEqualTo(415);
        assertThat(vendors.cloudEvent("application/cloudevents-batch+json", "{}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(vendors.cloudEvent("application/json", "{}").statusCode()).isEqualTo(400);
        assertThat(vendors.cloudEvent("application/cloudevents+json", "{\"specversion\":\"1.0\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everySourceSurvivesEveryKindOfValue() {
        var values = List.of("null", "true", "[]", "{}", "\"x\"", "-1", "1.5", "[[{}]]");
        var sources = List.of(
                new Shopify(),
                new WooCommerce(),
                new EasyPost(),
                new AfterShip(),
                new ShipStation(),
                new StandardWebhooks());
        var fields = List.of("id", "msg", "result", "data", "type", "event", "status", "tracking_details", "customer");
        for (var source : sources) {
            for (String field : fields) {
                for (String value : values) {
                    var delivery = new Delivery(
                            "bottega", ("{\"" + field + "\":" + value + "}").getBytes(UTF_8), Map.of(), Instant.EPOCH);
                    assertThat(source.open(delivery)).hasSize(1);
                }
            }
        }
    }

    private static byte[] quoted(int length) {
        return ("\"" + "a".repeat(length) + "\"").getBytes(UTF_8);
    }

    private static String signed(byte[] body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Vendors.SECRET.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
