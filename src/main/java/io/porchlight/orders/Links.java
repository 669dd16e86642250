package io.porchlight.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links that only the right customer has. A token can be printed again in every letter, because it is derived from a
 * stored nonce by the server's key; the database alone does not give it away, since it holds only the token's hash.
 */
@Component
public class Links {

    private static final String TRACKING = "tracking";

    private final JdbcClient jdbc;
    private final LinkSettings settings;
    private final SecureRandom random = new SecureRandom();

    Links(JdbcClient jdbc, LinkSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    void make(JourneyKey key) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String hex = HexFormat.of().formatHex(nonce);
        jdbc.sql("insert into link (token_hash, journey_key, purpose, nonce) values (:hash, :key, :purpose, :nonce)")
                .param("hash", hash(token(hex)))
                .param("key", key.toString())
                .param("purpose", TRACKING)
                .param("nonce", hex)
                .update();
    }

    /** The customer's live page. */
    public URI tracking(JourneyKey key) {
        String nonce = jdbc.sql("select nonce from link where journey_key = :key and purpose = :purpose")
                .param("key", key.toString())
                .param("purpose", TRACKING)
                .query(String.class)
                .single();
        return URI.create(settings.publicUrl().toString().replaceFirst("/+$", "") + "/t/" + token(nonce));
    }

    /** The order whose live page a token opens; the text is looked up as given, never decoded first. */
    public Optional<JourneyKey> tracked(String token) {
        return jdbc.sql("select journey_key from link where token_hash = :hash and purpose = :purpose")
                .param("hash", hash(token))
                .param("purpose", TRACKING)
                .query(String.class)
                .optional()
                .map(JourneyKey::parse);
    }

    private String token(String nonce) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(settings.secret().getBytes(UTF_8), "HmacSHA256"));
            byte[] tag = mac.doFinal((TRACKING + ":" + nonce).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(tag, 16));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
