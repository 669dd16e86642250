package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Unreadable;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads RSA public keys as an operator pastes them: PEM, its base64 alone, a JWK (RFC 7517), or a whole JWK set. */
final class PublicKeys {

    private static final Logger log = LoggerFactory.getLogger(PublicKeys.class);

    private PublicKeys() {}

    /** The keys in a text; none, with a warning, when it holds none. */
    static List<PublicKey> read(String text) {
        try {
            return text.strip().startsWith("{") ? jwks(Delivery.parse(text)) : List.of(pem(text));
        } catch (GeneralSecurityException | IllegalArgumentException | Unreadable wrong) {
            log.warn("A secret of porchlight.webhooks is no RSA public key as PEM or JWK: {}", wrong.getMessage());
            return List.of();
        }
    }

    private static PublicKey pem(String text) throws GeneralSecurityException {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static List<PublicKey> jwks(JsonNode json) throws GeneralSecurityException {
        var keys = new ArrayList<PublicKey>();
        if (json.has("keys")) {
            for (var key : json.path("keys")) {
                keys.addAll(jwks(key));
            }
        } else if (json.path("kty").asText().equals("RSA")) {
            keys.add(KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(
                            number(json.path("n").asText()),
                            number(json.path("e").asText()))));
        }
        return keys;
    }

    private static BigInteger number(String base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
    }
}
