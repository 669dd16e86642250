package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Refusal.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a provider: its bytes as they came, and what else it may carry to prove itself. */
final class Call {

    private static final String BASIC = "Basic ";

    private final byte[] raw;
    private final @Nullable String authorization;
    private final @Nullable String secret;
    private final ObjectMapper json;

    /**
     * @param authorization the header of that name
     * @param secret the query parameter of that name
     */
    Call(byte[] raw, @Nullable String authorization, @Nullable String secret, ObjectMapper json) {
        this.raw = raw;
        this.authorization = authorization;
        this.secret = secret;
        this.json = json;
    }

    /** The same for the same body. */
    String hash() {
        return EventId.hash(raw);
    }

    /** What it says; whatever is no JSON object is refused, so that the caller learns of it. */
    JsonNode body() {
        try {
            var body = json.readTree(raw);
            if (body instanceof ObjectNode) {
                return body;
            }
        } catch (IOException noJson) {
            // told below
        }
        throw new Refusal(Kind.INVALID, "body", "must be one JSON object");
    }

    /** Whether it carries one of the secrets: as password of Basic, or in its address. */
    boolean carries(List<String> secrets) {
        boolean found = false;
        for (String known : secrets) {
            found |= same(known, password()) | same(known, secret);
        }
        return found;
    }

    static boolean same(String known, @Nullable String given) {
        return given != null && MessageDigest.isEqual(known.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private @Nullable String password() {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
