package io.porchlight.fulfillment;

import io.porchlight.fulfillment.Milestone.State;
import io.porchlight.orders.JourneyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Milestones of orders that nobody knows: they wait for their order, for so long, and can be seen from the first moment. */
@Component
public class Unclaimed {

    /** How long a milestone waits for its order. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(Unclaimed.class);

    private static final String WITHOUT_ORDER =
            " and not exists (select 1 from journey j where j.journey_key = milestone.journey_key)";

    /**
     * One of them.
     *
     * @param givenUp whether it has waited long enough
     */
    public record Waiting(JourneyKey key, String name, Instant receivedAt, boolean givenUp) {

        /** Why it is here, and what becomes of it. */
        public String reason() {
            return givenUp
                    ? "No order " + key.orderId() + " came in " + LONGEST_WAIT.toDays()
                            + " days. If it comes after all, this is taken up again."
                    : "There is no order " + key.orderId() + " yet. This waits for it, up to " + LONGEST_WAIT.toDays()
                            + " days.";
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    Unclaimed(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Waits no longer for orders that have not come in all that time. */
    @Transactional
    public int giveUp() {
        int given = jdbc.sql("update milestone set state = 'UNCLAIMED' where state = 'WAITING' and received_at <= :then"
                        + WITHOUT_ORDER)
                .param("then", Timestamp.from(clock.instant().minus(LONGEST_WAIT)))
                .update();
        if (given > 0) {
            log.warn("No order came in {} days for {} milestones; the studio shows them", LONGEST_WAIT.toDays(), given);
        }
        return given;
    }

    /** Those that wait and those that were given up, the newest first. */
    public List<Waiting> newest(int most) {
        return jdbc.sql("select * from milestone where state in ('WAITING', 'UNCLAIMED')" + WITHOUT_ORDER
                        + " order by id desc limit :most")
                .param("most", most)
                .query(Unclaimed::read)
                .list();
    }

    private static Waiting read(ResultSet row, int number) throws SQLException {
        return new Waiting(
                JourneyKey.parse(row.getString("journey_key")),
                row.getString("name"),
                row.getTimestamp("received_at").toInstant(),
                State.valueOf(row.getString("state")) == State.UNCLAIMED);
    }
}
