package io.porchlight.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import io.porchlight.signals.About;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * ShipStation's API V2, event {@code API_TRACK}: what a carrier scanned.
 *
 * <p>Signed with RSA-SHA256, as docs.shipstation.com, "Webhook Validation", says: three headers name the key, the time and
 * the signature. That the signed text is {@code <timestamp>.<raw body>} and the signature base64 is what others' receivers
 * do; it could not be confirmed against a delivery of ShipStation's own. The public keys come from configuration, as PEM or
 * as JWK, and are not fetched from {@code https://api.shipengine.com/jwks}: a key that is replaced there must be replaced
 * here too. The field {@code resource_url} of a body is never called. The older API V1 is unsigned and not spoken here.
 */
@Component
class ShipStation implements Source {

    private static final String TIME = "x-shipengine-timestamp";
    private static final String SIGNATURE = "x-shipengine-rsa-sha256-signature";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Map<String, String> MILESTONES = Map.ofEntries(
            entry("NY", "label-created"),
            entry("AC", "handed-over"),
            entry("IT", "in-transit"),
            entry("AT", "attempt-failed"),
            entry("SP", "ready-for-pickup"),
            entry("DE", "delivered"),
            entry("EX", "exception"));

    @Override
    public String name() {
        return "shipstation";
    }

    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        return recent(delivery)
                && secrets.stream()
                        .flatMap(text -> PublicKeys.read(text).stream())
                        .anyMatch(key -> signed(delivery, key));
    }

    private static boolean recent(Delivery delivery) {
        var time = delivery.header(TIME);
        var sent = time.matches("\\d{10}")
                ? Instant.ofEpochSecond(Long.parseLong(time))
                : new Fields(Fields.object().put("at", time)).moment("/at");
        return sent != null
                && Duration.between(sent, delivery.receivedAt()).abs().compareTo(TOLERANCE) <= 0;
    }

    private static boolean signed(Delivery delivery, PublicKey key) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            var text = new ByteArrayOutputStream();
            text.writeBytes((delivery.header(TIME) + ".").getBytes(UTF_8));
            text.writeBytes(delivery.bytes());
            signature.update(text.toByteArray());
            return signature.verify(Base64.getDecoder().decode(delivery.header(SIGNATURE)));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            return false;
        }
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        var body = new Fields(delivery.json());
        return List.of(new Posted(
                body.text("/resource_type") + " " + what(body),
                body.node().path("data").toString(),
                body.text("/resource_type"),
                newest(body),
                delivery.text(),
                delivery.headers(List.of(TIME, "x-shipengine-rsa-sha256-key-id"))));
    }

    @Override
    public List<Meaning> read(Content content) {
        var body = new Fields(content.body());
        if (!body.text("/resource_type").equals("API_TRACK")) {
            return List.of(new Unclear(
                    "ShipStation posted \"" + body.text("/resource_type") + "\", which means nothing to us yet"));
        }
        String status = body.text("/data/status_code");
        if (status.equals("UN")) {
            return List.of(new Nothing("The carrier knows nothing of the parcel yet"));
        }
        String name = MILESTONES.get(status);
        if (name == null) {
            return List.of(new Unclear("ShipStation says that a parcel is \"" + status + "\", which we do not know"));
        }
        var milestone = Draft.milestone("shipstation-" + what(body), name, newest(body));
        milestone
                .in("details")
                .with("carrier", body.text("/data/carrier_code"))
                .with("trackingNumber", body.text("/data/tracking_number"))
                .with("trackingUrl", body.text("/data/tracking_url"));
        return List.of(new Happened(About.parcel(body.text("/data/tracking_number")), milestone.json()));
    }

    private static String what(Fields body) {
        return body.text("/data/tracking_number") + "-" + body.text("/data/status_code") + "-" + newest(body);
    }

    private static @Nullable Instant newest(Fields body) {
        return body.list("/data/events").stream()
                .map(event -> event.moment("/occurred_at"))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
