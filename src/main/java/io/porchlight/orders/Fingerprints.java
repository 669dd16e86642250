package io.porchlight.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Keyed hashes: with the server's key a text can be recognised, and without it not even guessed. */
@Component
public class Fingerprints {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Fingerprints(LinkSettings settings) {
        key = new SecretKeySpec(settings.secret().getBytes(UTF_8), ALGORITHM);
    }

    /**
     * The fingerprint of a text, 64 hexadecimal digits.
     *
     * @param purpose keeps equal texts of different kinds apart
     */
    public String of(String purpose, String text) {
        return HexFormat.of().formatHex(mac(purpose, text));
    }

    byte[] mac(String purpose, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((purpose + ":" + text).getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
