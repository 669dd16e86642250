package io.porchlight.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.porchlight.Patience;
import io.porchlight.signals.Signal;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.env.Environment;

/** Shops and carriers as they really post: each signs in its own way. */
class Vendors {

    static final String SECRET = "new-secret";
    static final String STANDARD_SECRET = "whsec_bmV3IHNlY3JldCBvZiBib3R0ZWdh";
    static final ObjectMapper JSON = new ObjectMapper();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Environment environment;
    private final SignalDesk desk;
    private final Clock clock;

    Vendors(Environment environment, SignalDesk desk, Clock clock) {
        this.environment = environment;
        this.desk = desk;
        this.clock = clock;
    }

    /** A number that no other test uses; like real ids, it does not fit into a double. */
    static String number() {
        return "9007199254" + (740993 + 2 * NUMBERS.incrementAndGet());
    }

    static String tracking() {
        return "1Z999AA1" + (10_000_000 + NUMBERS.incrementAndGet());
    }

    /** A sample, changed to the test's needs. */
    static String sample(String name, Consumer<ObjectNode> change) {
        try (var in = Vendors.class.getResourceAsStream("/webhooks/" + name + ".json")) {
            var json = (ObjectNode) JSON.readTree(in);
            change.accept(json);
            return json.toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    HttpResponse<String> shopify(String topic, String body) {
        return shopify(topic, "event-" + NUMBERS.incrementAndGet(), body);
    }

    HttpResponse<String> shopify(String topic, String event, String body) {
        return send(request("shopify")
                .header("X-Shopify-Topic", topic)
                .header("X-Shopify-Event-Id", event)
                .header("X-Shopify-Shop-Domain", "bottega.myshopify.com")
                .header("X-Shopify-Hmac-Sha256", base64(SECRET, body))
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> woo(String topic, String body) {
        return send(request("woocommerce")
                .header("X-WC-Webhook-Topic", topic)
                .header("X-WC-Webhook-Source", "https://bottega.example/")
                .header("X-WC-Webhook-Signature", base64(SECRET, body))
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> easypost(String body) {
        return send(request("easypost")
                .header("X-Hmac-Signature", "hmac-sha256-hex=" + HexFormat.of().formatHex(hmac("fine-secret", body)))
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> aftership(String body) {
        return send(request("aftership")
                .header("aftership-hmac-sha256", base64(SECRET, body))
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> standard(String body) {
        return standard("msg_" + NUMBERS.incrementAndGet(), body);
    }

    HttpResponse<String> standard(String id, String body) {
        long now = clock.instant().getEpochSecond();
        try {
            return send(request("standard")
                    .header("webhook-id", id)
                    .header("webhook-timestamp", Long.toString(now))
                    .header("webhook-signature", new Webhook(STANDARD_SECRET).sign(id, now, body))
                    .POST(BodyPublishers.ofString(body)));
        } catch (WebhookSigningException impossible) {
            throw new AssertionError(impossible);
        }
    }

    HttpResponse<String> cloudEvent(String type, String body) {
        return send(request("cloudevents")
                .setHeader("Content-Type", type)
                .header("Authorization", "Bearer new-token")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> poison(String body) {
        return send(request("poison").header("Authorization", SECRET).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> asShop(String method, String path, String body) {
        return send(to(path).header("Authorization", "Bearer key-of-bottega")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String source) {
        return to("/webhooks/" + source + "/bottega").header("Content-Type", "application/json");
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** The newest signal, once nobody works on it any more. */
    Signal newest() {
        return settled(desk.list(Wanted.ALL, 1).getFirst().id());
    }

    Signal settled(long id) {
        await("signal " + id + " is settled", () -> signal(id).state() != Signal.State.NEW);
        return signal(id);
    }

    /** All that came so far is understood, waits or rests. */
    void settled() {
        await(
                "every signal is settled",
                () -> desk.list(new Wanted(Signal.State.NEW, null, null, null, null), 1)
                        .isEmpty());
    }

    Signal signal(long id) {
        return desk.find(id).orElseThrow().signal();
    }

    List<Signal> all() {
        return desk.list(Wanted.ALL, 10_000);
    }

    static void await(String what, BooleanSupplier condition) {
        Patience.await(what, Duration.ofSeconds(30), condition);
    }

    static String base64(String secret, String body) {
        return Base64.getEncoder().encodeToString(hmac(secret, body));
    }

    private static byte[] hmac(String secret, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(body.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
