package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.base64;
import static io.porchlight.webhooks.Vendors.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.porchlight.database.Rows;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody is believed who cannot show that they share a secret with us, and nothing of them is written down. */
@WithWebhooks
class SignatureTest {

    private static final String BODY = "{\"id\": 1, \"note\": \"é\"}";

    private final Vendors vendors;
    private final JdbcClient jdbc;
    private final Clock clock;

    SignatureTest(Vendors vendors, JdbcClient jdbc, Clock clock) {
        this.vendors = vendors;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @ParameterizedTest
    @CsvSource({
        "shopify, X-Shopify-Hmac-Sha256",
        "woocommerce, X-WC-Webhook-Signature",
        "aftership, aftership-hmac-sha256"
    })
    void believesEachActiveSecretAndNothingElse(String source, String header) {
        assertThat(signed(source, header, base64("old-secret", BODY), BODY)).isEqualTo(200);
        assertThat(signed(source, header, base64("new-secret", BODY), BODY)).isEqualTo(200);

        var before = Rows.counted(jdbc);
        assertThat(signed(source, header, base64("another-secret", BODY), BODY)).isEqualTo(401);
        assertThat(signed(source, header, "", BODY)).isEqualTo(401);
        assertThat(signed(source, header, base64("new-secret", BODY).substring(0, 20), BODY))
                .isEqualTo(401);
        assertThat(signed(source, header, base64("new-secret", BODY), BODY.replace(" ", "")))
                .isEqualTo(401);
        assertThat(vendors.send(vendors.request(source).POST(BodyPublishers.ofString(BODY)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    @Test
    void believesEasyPostWhoseSecretIsNormalised() {
        assertThat(vendors.easypost(BODY).statusCode()).isEqualTo(200);
        for (var wrong : new String[] {"", "hmac-sha256-hex=", "hmac-sha256-hex=00", "sha256=00"}) {
            assertThat(signed("easypost", "X-Hmac-Signature", wrong, BODY)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 299})
    void believesAStandardWebhookOfTheLastFiveMinutes(long seconds) {
        assertThat(standard("msg_now" + seconds, seconds, Vendors.STANDARD_SECRET, BODY, BODY))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-310, 310, -86_400})
    void refusesAnOldOrFutureStandardWebhook(long seconds) {
        assertThat(standard("msg_old", seconds, Vendors.STANDARD_SECRET, BODY, BODY))
                .isEqualTo(401);
    }

    @Test
    void refusesAStandardWebhookOfAnotherKeyOrBody() {
        assertThat(standard("msg_key", 0, "whsec_YW5vdGhlciBrZXkgYWx0b2dldGhlcg==", BODY, BODY))
                .isEqualTo(401);
        assertThat(standard("msg_body", 0, Vendors.STANDARD_SECRET, BODY, BODY.replace(" ", "")))
                .isEqualTo(401);
    }

    @Test
    void acceptsAnyOfSeveralStandardSignatures() throws WebhookSigningException {
        long now = clock.instant().getEpochSecond();
        String signature = new Webhook(Vendors.STANDARD_SECRET).sign("msg_many", now, BODY);

        assertThat(standard("msg_many", now, "v1,AAAA v1a,BBBB " + signature)).isEqualTo(200);
        assertThat(standard("msg_many", now, "v1,AAAA v2," + signature.substring(3)))
                .isEqualTo(401);
        assertThat(standard("msg_many", now, signature.substring(3))).isEqualTo(401);
        assertThat(standard("msg_other", now, signature)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer another-token", "Bearer new-toke", "Basic new-token"})
    void refusesACloudEventWithoutItsToken(String authorization) {
        var answer = vendors.send(vendors.request("cloudevents")
                .setHeader("Content-Type", "application/cloudevents+json")
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(sample("cloudevent-order", json -> json.put("id", "unseen")))));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void neverLetsAnybodyInWhereNoSecretIsSetUp() throws JsonProcessingException {
        var answer = vendors.send(vendors.to("/webhooks/shopify/atelier")
                .header("X-Shopify-Hmac-Sha256", base64("any", BODY))
                .POST(BodyPublishers.ofString(BODY)));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Vendors.JSON.readTree(answer.body()).path("detail").asText())
                .contains("porchlight.webhooks.shopify.atelier.secrets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/etsy/bottega", "/webhooks/shopify/nobody", "/webhooks/Shopify/bottega"})
    void knowsNoOtherAddresses(String path) {
        var answer = vendors.send(vendors.to(path).POST(BodyPublishers.ofString(BODY)));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    /** WooCommerce switches a webhook on only when its unsigned test was answered. */
    @Test
    void answersWooCommercesKnockWithoutWritingAnythingDown() {
        var before = Rows.counted(jdbc);

        var answer = vendors.send(vendors.to("/webhooks/woocommerce/bottega")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("webhook_id=12")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Rows.counted(jdbc)).isEqualTo(before);
    }

    private int signed(String source, String header, String signature, String body) {
        return vendors.send(vendors.request(source).header(header, signature).POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private int standard(String id, long seconds, String secret, String signedBody, String body) {
        long at = clock.instant().getEpochSecond() + seconds;
        try {
            return standard(id, at, new Webhook(secret).sign(id, at, signedBody), body)
                    .statusCode();
        } catch (WebhookSigningException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private int standard(String id, long at, String signatures) {
        return standard(id, at, signatures, BODY).statusCode();
    }

    private HttpResponse<String> standard(String id, long at, String signatures, String body) {
        return vendors.send(vendors.request("standard")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(at))
                .header("webhook-signature", signatures)
                .POST(BodyPublishers.ofString(body)));
    }
}
