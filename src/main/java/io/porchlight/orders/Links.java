package io.porchlight.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Links that only the right customer has. A token can be printed again in every letter, because it is derived from a
 * stored nonce by the server's key; the database alone does not give it away, since it holds only the token's hash.
 */
@Component
public class Links {

    /** What a link is good for; a token opens nothing else. */
    public enum Purpose {
        TRACKING("t"),
        UNSUBSCRIBE("u"),
        PREFERENCES("p"),
        SHARED("s");

        private final String path;
        private final String stored;

        Purpose(String path) {
            this.path = path;
            this.stored = name().toLowerCase(Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;
    private final LinkSettings settings;
    private final Fingerprints fingerprints;
    private final TransactionOperations transaction;
    private final SecureRandom random = new SecureRandom();

    Links(JdbcClient jdbc, LinkSettings settings, Fingerprints fingerprints, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.fingerprints = fingerprints;
        this.transaction = transaction;
    }

    /** Makes those that every order needs. */
    void make(JourneyKey key) {
        make(key, List.of(Purpose.TRACKING, Purpose.PREFERENCES));
    }

    /** The links of some orders, read at once. */
    public final class Known {

        private final Map<JourneyKey, Map<Purpose, String>> nonces = new HashMap<>();

        /** The address for this purpose; it is made if it was not there yet. */
        public URI link(JourneyKey key, Purpose purpose) {
            var nonce = nonces.getOrDefault(key, Map.of()).get(purpose);
            return nonce == null ? Links.this.link(key, purpose) : address(purpose, nonce);
        }
    }

    /** Reads the links of these orders. */
    public Known of(Set<JourneyKey> keys) {
        var known = new Known();
        jdbc.sql("select journey_key, purpose, nonce from link where journey_key in (:keys)")
                .param("keys", JourneyKey.texts(keys))
                .query(row -> {
                    known.nonces
                            .computeIfAbsent(
                                    JourneyKey.parse(row.getString("journey_key")),
                                    first -> new EnumMap<>(Purpose.class))
                            .put(
                                    Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
                                    row.getString("nonce"));
                });
        return known;
    }

    /** The customer's live page. */
    public URI tracking(JourneyKey key) {
        return link(key, Purpose.TRACKING);
    }

    /** Where marketing is stopped, by hand or by a mail client (RFC 8058). */
    public URI unsubscribe(JourneyKey key) {
        return link(key, Purpose.UNSUBSCRIBE);
    }

    /** Where the customer chooses what to hear. */
    public URI preferences(JourneyKey key) {
        return link(key, Purpose.PREFERENCES);
    }

    /** An address of this Porchlight, as it is seen from outside. */
    public URI at(String path) {
        return URI.create(settings.publicUrl().toString().replaceFirst("/+$", "") + path);
    }

    /** The page for others, which tells nothing about the customer; empty while it is not shared. */
    public Optional<URI> shared(JourneyKey key) {
        return nonce(key, Purpose.SHARED).map(nonce -> address(Purpose.SHARED, nonce));
    }

    /** Shares it: from now on the page for others can be opened. */
    public URI share(JourneyKey key) {
        return link(key, Purpose.SHARED);
    }

    /** Nobody can open the page for others any more; sharing it again makes another address. */
    @Transactional
    public void unshare(JourneyKey key) {
        jdbc.sql("delete from link where journey_key = :key and purpose = :purpose")
                .param("key", key.toString())
                .param("purpose", Purpose.SHARED.stored)
                .update();
    }

    /** The order whose live page a token opens. */
    public Optional<JourneyKey> tracked(String token) {
        return opened(Purpose.TRACKING, token);
    }

    /** The order that a token of this purpose stands for; the text is looked up as given, never decoded first. */
    public Optional<JourneyKey> opened(Purpose purpose, String token) {
        return jdbc.sql("select journey_key from link where token_hash = :hash and purpose = :purpose")
                .param("hash", hash(token))
                .param("purpose", purpose.stored)
                .query(String.class)
                .optional()
                .map(JourneyKey::parse);
    }

    /** From now on the links of this order open nothing. */
    @Transactional
    void forget(JourneyKey key) {
        jdbc.sql("delete from link where journey_key = :key")
                .param("key", key.toString())
                .update();
    }

    private URI link(JourneyKey key, Purpose purpose) {
        String nonce = nonce(key, purpose).orElseGet(() -> {
            make(key, List.of(purpose));
            return nonce(key, purpose).orElseThrow();
        });
        return address(purpose, nonce);
    }

    private URI address(Purpose purpose, String nonce) {
        return at("/" + purpose.path + "/" + token(purpose, nonce));
    }

    private Optional<String> nonce(JourneyKey key, Purpose purpose) {
        return jdbc.sql("select nonce from link where journey_key = :key and purpose = :purpose")
                .param("key", key.toString())
                .param("purpose", purpose.stored)
                .query(String.class)
                .optional();
    }

    /** Somebody else may make the same link at the same time; then theirs is the link. */
    private void make(JourneyKey key, List<Purpose> purposes) {
        var rows = purposes.stream().map(purpose -> row(key, purpose)).toList();
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "insert into link (token_hash, journey_key, purpose, nonce) values :rows on conflict do nothing")
                .param("rows", rows)
                .update());
    }

    private Object[] row(JourneyKey key, Purpose purpose) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String hex = HexFormat.of().formatHex(nonce);
        return new Object[] {hash(token(purpose, hex)), key.toString(), purpose.stored, hex};
    }

    private String token(Purpose purpose, String nonce) {
        byte[] tag = fingerprints.mac(purpose.stored, nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(tag, 16));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
