package io.porchlight.webhooks;

import static io.porchlight.webhooks.Vendors.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning.Happened;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ShipStation signs with a private key, and we know the public ones. */
class ShipStationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:10Z");
    private static final KeyPair KEYS = keys();
    private static final KeyPair OTHERS = keys();

    private final ShipStation source = new ShipStation();
    private final String body = sample("shipstation-track", json -> {});

    @Test
    void believesASignatureOfAnyKnownKey() {
        var signed = delivery(body, "2026-11-21T08:00:00Z", sign(KEYS, "2026-11-21T08:00:00Z." + body));

        assertThat(source.genuine(signed, List.of(pem(OTHERS), pem(KEYS)))).isTrue();
        assertThat(source.genuine(signed, List.of(jwk(KEYS)))).isTrue();
        assertThat(source.genuine(signed, List.of("{\"keys\":[" + jwk(OTHERS) + "," + jwk(KEYS) + "]}")))
                .isTrue();
    }

    @Test
    void believesNothingElse() {
        String time = "2026-11-21T08:00:00Z";
        String signature = sign(KEYS, time + "." + body);

        assertThat(source.genuine(delivery(body, time, signature), List.of(pem(OTHERS))))
                .isFalse();
        assertThat(source.genuine(delivery(body + " ", time, signature), List.of(pem(KEYS))))
                .isFalse();
        assertThat(source.genuine(delivery(body, "2026-11-21T08:00:01Z", signature), List.of(pem(KEYS))))
                .isFalse();
        assertThat(source.genuine(delivery(body, "", signature), List.of(pem(KEYS))))
                .isFalse();
        assertThat(source.genuine(delivery(body, time, ""), List.of(pem(KEYS)))).isFalse();
        assertThat(source.genuine(delivery(body, time, "%%%"), List.of(pem(KEYS))))
                .isFalse();
        assertThat(source.genuine(delivery(body, time, signature), List.of("no key at all")))
                .isFalse();
    }

    @Test
    void believesOnlyWhatWasSignedWithinFiveMinutes() {
        for (var time : List.of("2026-11-21T07:55:09Z", "2026-11-21T08:05:11Z", "2025-11-21T08:00:00Z")) {
            assertThat(source.genuine(delivery(body, time, sign(KEYS, time + "." + body)), List.of(pem(KEYS))))
                    .as(time)
                    .isFalse();
        }
        String seconds = Long.toString(NOW.getEpochSecond());
        assertThat(source.genuine(delivery(body, seconds, sign(KEYS, seconds + "." + body)), List.of(pem(KEYS))))
                .isTrue();
    }

    @Test
    void readsTheNewestScan() {
        var posted = source.open(delivery(body, "", "")).getFirst();
        assertThat(posted.occurredAt()).isEqualTo("2026-11-21T08:00:00Z");

        var meaning = source.read(new Content("bottega", posted.type(), Vendors.read(body), Map.of(), NOW))
                .getFirst();

        assertThat(meaning).isInstanceOfSatisfying(Happened.class, happened -> {
            assertThat(happened.report().path("name").asText()).isEqualTo("attempt-failed");
            assertThat(happened.about().trackingNumbers()).containsExactly("1Z999AA10123456784");
        });
    }

    private static Delivery delivery(String body, String time, String signature) {
        return new Delivery(
                "bottega",
                body.getBytes(UTF_8),
                Map.of("X-ShipEngine-Timestamp", time, "X-ShipEngine-RSA-SHA256-Signature", signature),
                NOW);
    }

    private static String sign(KeyPair keys, String text) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String jwk(KeyPair keys) {
        var key = (RSAPublicKey) keys.getPublic();
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"%s\",\"e\":\"%s\"}"
                .formatted(
                        encoder.encodeToString(key.getModulus().toByteArray()),
                        encoder.encodeToString(key.getPublicExponent().toByteArray()));
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
