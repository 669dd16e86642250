package io.porchlight.replies;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Phone.Mobile;
import io.porchlight.texts.Heard.Reply;
import java.sql.Timestamp;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Does what customers answer to texts; when the same answer comes again, it has been done. */
@Component
class Replies {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    private final Farewells farewells;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    Replies(Farewells farewells, JdbcClient jdbc, TransactionOperations transaction, Clock clock) {
        this.farewells = farewells;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** When this has returned, no text is taken that the reply forbids. */
    void hear(String provider, Reply reply) {
        var keyword = Keyword.in(reply.words());
        var mobile = Mobile.international(reply.from());
        if (keyword == Keyword.NONE || mobile.isEmpty() || known(provider, reply.id())) {
            return;
        }
        if (reply.brands().isEmpty()) {
            log.warn(
                    "Somebody answered {} to a number that no brand texts from; see porchlight.texts.senders", keyword);
        }
        for (var brand : reply.brands()) {
            if (keyword == Keyword.STOP) {
                farewells.stopTexts(brand, mobile.get());
            } else {
                farewells.allowTexts(brand, mobile.get());
            }
        }
        // Last: if we die before, it comes again and is done again, which changes nothing.
        remember(provider, reply.id());
    }

    private boolean known(String provider, String id) {
        return jdbc.sql("select message_id from text_reply where provider = :provider and message_id = :id")
                .param("provider", provider)
                .param("id", cut(id))
                .query(String.class)
                .optional()
                .isPresent();
    }

    private void remember(String provider, String id) {
        if (!id.isEmpty()) {
            transaction.executeWithoutResult(status -> jdbc.sql("""
                            insert into text_reply (provider, message_id, heard_at)
                            values (:provider, :id, :now) on conflict do nothing
                            """)
                    .param("provider", provider)
                    .param("id", cut(id))
                    .param("now", Timestamp.from(clock.instant()))
                    .update());
        }
    }

    private static String cut(String id) {
        return id.length() <= 100 ? id : id.substring(0, 100);
    }
}
