package io.porchlight.bounces;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tokens of signed calls that were heard: the same call may come again, another one with its token may not. */
@Component
class HeardTokens {

    private static final Duration KEPT = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    HeardTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the token is new, or was heard with this very body. */
    @Transactional
    boolean goodFor(String token, String bodyHash) {
        var now = clock.instant();
        jdbc.sql("delete from heard_token where heard_at < :old")
                .param("old", Timestamp.from(now.minus(KEPT)))
                .update();
        jdbc.sql("insert into heard_token (token, body, heard_at) values (:token, :body, :now) on conflict do nothing")
                .param("token", token)
                .param("body", bodyHash)
                .param("now", Timestamp.from(now))
                .update();
        return jdbc.sql("select body from heard_token where token = :token")
                .param("token", token)
                .query(String.class)
                .single()
                .equals(bodyHash);
    }
}
