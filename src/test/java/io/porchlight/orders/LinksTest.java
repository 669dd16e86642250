package io.porchlight.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.OnEachDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A link opens the order of its customer, and nothing else opens anything. */
class LinksTest {

    private final Links links;
    private final Shop shop;
    private final JdbcClient jdbc;

    LinksTest(Links links, Shop shop, JdbcClient jdbc) {
        this.links = links;
        this.shop = shop;
        this.jdbc = jdbc;
    }

    @OnEachDatabase
    void opensItsOwnOrderOnly() {
        var one = shop.sells("1001");
        var other = shop.sells("1002");

        assertThat(links.tracked(token(one))).contains(one);
        assertThat(links.tracked(token(other))).contains(other);
    }

    @OnEachDatabase
    void isTheSameInEveryLetter() {
        var key = shop.sells("1001");

        assertThat(links.tracking(key)).isEqualTo(links.tracking(key)).hasScheme("http");
        assertThat(token(key)).matches("[A-Za-z0-9_-]{22}");
    }

    @OnEachDatabase
    void isAnotherForEveryOrder() {
        var tokens = new HashSet<String>();
        for (int number = 0; number < 50; number++) {
            tokens.add(token(shop.sells("order-" + number)));
        }
        assertThat(tokens).hasSize(50);
    }

    @OnEachDatabase
    void opensNothingWithAnythingButTheExactText() {
        var key = shop.sells("1001");
        var token = token(key);

        var wrong = new HashSet<>(List.of(
                "",
                " ",
                "bottega:1001",
                "1001",
                token.substring(1),
                token.substring(0, token.length() - 1),
                token + "=",
                token + "==",
                token + "A",
                token + " ",
                " " + token,
                token + "\0",
                "A".repeat(22),
                "A".repeat(100_000),
                token.toUpperCase(Locale.ROOT),
                token.toLowerCase(Locale.ROOT),
                nonce(key),
                tokenHash(key)));
        // 22 characters of Base64 hold 132 bits: 16 texts decode to the same 128.
        for (char similar : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/".toCharArray()) {
            wrong.add(token.substring(0, token.length() - 1) + similar);
        }
        wrong.remove(token);

        assertThat(wrong)
                .hasSizeGreaterThan(60)
                .allSatisfy(text -> assertThat(links.tracked(text)).as(text).isEmpty());
    }

    @OnEachDatabase
    void isNotWrittenDownAnywhere() {
        var key = shop.sells("1001");
        var token = token(key);

        for (Map<String, Object> row : jdbc.sql("select * from link").query().listOfRows()) {
            assertThat(row.values())
                    .noneSatisfy(value -> assertThat(String.valueOf(value)).contains(token));
        }
        assertThat(jdbc.sql("select content from orders").query(String.class).single())
                .doesNotContain(token);
    }

    private String token(JourneyKey key) {
        var path = links.tracking(key).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String nonce(JourneyKey key) {
        return jdbc.sql("select nonce from link where journey_key = :key and purpose = 'tracking'")
                .param("key", key.toString())
                .query(String.class)
                .single();
    }

    private String tokenHash(JourneyKey key) {
        return jdbc.sql("select token_hash from link where journey_key = :key and purpose = 'tracking'")
                .param("key", key.toString())
                .query(String.class)
                .single();
    }
}
