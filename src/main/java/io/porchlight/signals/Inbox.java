package io.porchlight.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.orders.Plain;
import io.porchlight.orders.Received;
import io.porchlight.signals.Signal.State;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where signals are written down, each once, before anybody says yes to the sender. */
@Component
public class Inbox {

    private record Known(long id, String bodyHash) {}

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Inbox(JdbcClient jdbc, ObjectMapper json, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Writes the signals of one delivery down, all or none. What is known already is not written again; what comes under a
     * known key but says something else is parked, with an alarm.
     *
     * @return how many are new
     */
    @Transactional
    public int receive(String source, String brand, List<Posted> signals) {
        int fresh = 0;
        for (var posted : signals) {
            fresh += receive(source, brand, posted) ? 1 : 0;
        }
        if (fresh > 0) {
            events.publishEvent(new SignalsReceived());
        }
        return fresh;
    }

    private boolean receive(String source, String brand, Posted posted) {
        String key = Hash.of(source, brand, posted.key());
        String body = Hash.of(posted.sameness());
        if (insert(source, brand, key, body, posted, State.NEW, null)) {
            return true;
        }
        var known = jdbc.sql("select id, body_hash from signal where dedupe_key = :key")
                .param("key", key)
                .query((row, number) -> new Known(row.getLong("id"), row.getString("body_hash")))
                .single();
        if (known.bodyHash().equals(body) || known.bodyHash().equals(Received.FORGOTTEN)) {
            return false;
        }
        String reason = "It came under the same id as signal " + known.id()
                + " but says something else; one of the two is wrong. Replay it if this one counts.";
        boolean fresh = insert(source, brand, Hash.of(key, body), body, posted, State.PARKED, reason);
        if (fresh) {
            log.warn(
                    "A signal of {} for {} came under the id of signal {} with another body; it is parked",
                    source,
                    brand,
                    known.id());
        }
        return fresh;
    }

    private boolean insert(
            String source,
            String brand,
            String key,
            String body,
            Posted posted,
            State state,
            @org.jspecify.annotations.Nullable String reason) {
        var now = Timestamp.from(clock.instant());
        return jdbc.sql("""
                                insert into signal (source, brand, dedupe_key, body_hash, type, body, headers, received_at,
                                    occurred_at, state, reason, next_try_at)
                                values (:source, :brand, :key, :hash, :type, :body, :headers, :now,
                                    :occurred, :state, :reason, :now)
                                on conflict do nothing
                                """)
                        .param("source", source)
                        .param("brand", brand)
                        .param("key", key)
                        .param("hash", body)
                        .param("type", shortened(posted.type()))
                        .param("body", posted.body())
                        .param("headers", write(posted))
                        .param("now", now)
                        .param("occurred", posted.occurredAt() == null ? null : Timestamp.from(posted.occurredAt()))
                        .param("state", state.name())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    private static String shortened(String type) {
        String plain = Plain.text(type);
        return plain.substring(0, Math.min(200, plain.length()));
    }

    private String write(Posted posted) {
        try {
            return json.writeValueAsString(posted.headers());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
