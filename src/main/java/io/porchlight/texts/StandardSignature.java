package io.porchlight.texts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signs and believes as Standard Webhooks 1.0 has it: the first secret signs, each of them is believed. */
class StandardSignature {

    /** A request that was signed earlier or later than this may have been recorded and played again. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<Webhook> keys;

    StandardSignature(List<String> secrets) {
        this.keys = secrets.stream().map(Webhook::new).toList();
    }

    boolean ready() {
        return !keys.isEmpty();
    }

    String of(String id, long timestamp, String body) {
        return sign(keys.getFirst(), id, timestamp, body);
    }

    /** Whether one of the signatures, which stand with spaces between them, is ours and of this time. */
    boolean believes(Incoming incoming, Instant now) {
        String id = incoming.header("webhook-id");
        String timestamp = incoming.header("webhook-timestamp");
        if (id.isEmpty() || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        var signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(signed, now).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        String body = new String(incoming.body(), UTF_8);
        var given = incoming.header("webhook-signature").split(" ", -1);
        boolean believed = false;
        for (var key : keys) {
            byte[] ours = sign(key, id, signed.getEpochSecond(), body).getBytes(UTF_8);
            for (var one : given) {
                believed |= MessageDigest.isEqual(ours, one.getBytes(UTF_8));
            }
        }
        return believed;
    }

    private static String sign(Webhook key, String id, long timestamp, String body) {
        try {
            return key.sign(id, timestamp, body);
        } catch (WebhookSigningException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
