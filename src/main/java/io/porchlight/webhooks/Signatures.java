package io.porchlight.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether bytes were signed with one of the secrets that we share with their sender; compared in constant time. */
final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /** The signature is base64 of HMAC-SHA256. */
    static boolean base64(String given, byte[] signed, List<String> secrets) {
        boolean genuine = false;
        for (String secret : secrets) {
            genuine |= same(given.strip(), Base64.getEncoder().encodeToString(hmac(secret, signed)));
        }
        return genuine;
    }

    /** The signature is HMAC-SHA256 in hexadecimal digits. */
    static boolean hex(String given, byte[] signed, List<String> secrets) {
        boolean genuine = false;
        for (String secret : secrets) {
            genuine |= same(given.strip(), HexFormat.of().formatHex(hmac(secret, signed)));
        }
        return genuine;
    }

    /** It is one of the secrets itself. */
    static boolean token(String given, List<String> secrets) {
        boolean genuine = false;
        for (String secret : secrets) {
            genuine |= same(given, secret);
        }
        return genuine;
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(UTF_8), wanted.getBytes(UTF_8));
    }

    private static byte[] hmac(String secret, byte[] signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
