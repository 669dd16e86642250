package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.notifications.Diagnosis;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Mailgun's webhooks. The signature covers a timestamp and a token but not the body, so a token is good for one body only.
 *
 * @see <a href="https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks">Securing webhooks</a>
 */
@Component
class Mailgun implements Provider {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST_TOKEN = 200;

    private final HeardTokens heard;
    private final When when;
    private final Clock clock;

    Mailgun(HeardTokens heard, When when, Clock clock) {
        this.heard = heard;
        this.when = when;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mailgun";
    }

    @Override
    public boolean proves(Call call, List<String> secrets) {
        var signature = call.body().path("signature");
        String timestamp = signature.path("timestamp").asText();
        String token = signature.path("token").asText();
        String given = signature.path("signature").asText().toLowerCase(Locale.ROOT);
        boolean signed = false;
        for (String key : secrets) {
            signed |= Call.same(sign(key, timestamp + token), given);
        }
        return signed
                && fresh(timestamp)
                && !token.isEmpty()
                && token.length() <= LONGEST_TOKEN
                && heard.goodFor(token, call.hash());
    }

    @Override
    public List<News> read(JsonNode body) {
        var event = body.path("event-data");
        var status = event.path("delivery-status");
        String text = (status.path("message").asText() + " "
                        + status.path("description").asText())
                .strip();
        return diagnosis(event, status, text)
                .map(diagnosis -> new Bounce(
                        diagnosis.kind(),
                        EventId.of(name(), event.path("id").asText()),
                        diagnosis.code(),
                        text,
                        when.read(event.path("timestamp").asDouble())))
                .map(bounce -> new News(bounce, traces(event)))
                .stream()
                .toList();
    }

    private static Optional<Diagnosis> diagnosis(JsonNode event, JsonNode status, String text) {
        String code = status.path("enhanced-code").asText();
        return switch (event.path("event").asText()) {
            case "complained" -> Optional.of(new Diagnosis(Kind.COMPLAINT, null, text));
            case "failed" -> Optional.of(failed(event, code, text));
            default -> Optional.empty();
        };
    }

    /** "Temporary" means that Mailgun still tries; of what it suppressed itself it says why. */
    private static Diagnosis failed(JsonNode event, String code, String text) {
        var told = Diagnosis.of(code, text);
        if (!event.path("severity").asText().equals("permanent")) {
            return new Diagnosis(Kind.DELAYED, told.code(), text);
        }
        return switch (event.path("reason").asText()) {
            case "suppress-complaint", "suppress-unsubscribe" -> new Diagnosis(Kind.COMPLAINT, told.code(), text);
            case "old" -> new Diagnosis(Kind.SOFT, told.code(), text);
            default -> Diagnosis.permanent(code, text);
        };
    }

    private static List<String> traces(JsonNode event) {
        return List.of(
                event.path("envelope").path("sender").asText(),
                event.path("message").path("headers").path("message-id").asText());
    }

    private boolean fresh(String timestamp) {
        try {
            long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
            return Math.abs(age) <= TOLERANCE.toSeconds();
        } catch (NumberFormatException noTime) {
            return false;
        }
    }

    private static String sign(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
