package io.porchlight.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much waits, and for how long, is what the rows say. */
class BacklogOfRowsTest {

    private final BacklogGauges gauges;
    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    BacklogOfRowsTest(BacklogGauges gauges, JdbcClient jdbc, MovableClock clock) {
        this.gauges = gauges;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @OnEachDatabase
    void isWhatIsDueOrUntoldOrNotUnderstood() {
        var start = clock.instant();
        letter("Due", "email", "PLANNED", start.minusSeconds(90));
        letter("DueToo", "email", "PLANNED", start.minusSeconds(30));
        letter("Tomorrow", "email", "PLANNED", start.plusSeconds(86_400));
        letter("Sent", "email", "SENT", start.minusSeconds(900));
        letter("Text", "sms", "PLANNED", start.minusSeconds(10));
        letter("Lost", "email", "UNKNOWN", start.minusSeconds(500));
        milestone("cut", "NEW", start.minusSeconds(20), start.plusSeconds(60));
        milestone("sewn", "NEW", start.minusSeconds(5), start);
        milestone("packed", "PUBLISHED", start.minusSeconds(700), start);
        signal("NEW", start.minusSeconds(3));
        signal("WAITING", start.minusSeconds(4_000));
        signal("WAITING", start.minusSeconds(2_000));
        signal("PARKED", start.minusSeconds(6_000));
        signal("UNDERSTOOD", start.minusSeconds(9_000));

        gauges.bindTo(meters);

        shows("due-emails", 2, 90);
        shows("due-texts", 1, 10);
        shows("unknown-letters", 1, 500);
        shows("unpublished-milestones", 2, 20);
        shows("new-signals", 1, 3);
        shows("waiting-signals", 2, 4_000);
        shows("parked-signals", 1, 6_000);

        jdbc.sql("update notification set state = 'SENT'").update();
        clock.pass(Duration.ofMinutes(1));
        shows("due-emails", 0, 0);
        shows("unpublished-milestones", 2, 80);
    }

    private void shows(String of, double size, double age) {
        assertThat(value("size", of)).as("number of " + of).isEqualTo(size);
        assertThat(value("age", of)).as("age of " + of).isEqualTo(age);
    }

    private double value(String what, String of) {
        return meters.get("porchlight.backlog." + what).tag("of", of).gauge().value();
    }

    private void letter(String step, String channel, String state, Instant due) {
        jdbc.sql("""
                        insert into notification (journey_key, process_id, step, occurrence, channel, template,
                            message_class, story_rank, state, planned_at, due_at)
                        values ('bottega:1001', 'shoes', :step, '-#1', :channel, 'shoes/x',
                            'TRANSACTIONAL', 1, :state, :due, :due)
                        """)
                .param("step", step)
                .param("channel", channel)
                .param("state", state)
                .param("due", Timestamp.from(due))
                .update();
    }

    private void milestone(String name, String state, Instant received, Instant next) {
        jdbc.sql("""
                        insert into milestone (journey_key, name, parcel, occurrence, implied, received_at, details,
                            state, next_try_at)
                        values ('bottega:1001', :name, '-', 1, false, :received, '{}', :state, :next)
                        """)
                .param("name", name)
                .param("state", state)
                .param("received", Timestamp.from(received))
                .param("next", Timestamp.from(next))
                .update();
    }

    private void signal(String state, Instant received) {
        jdbc.sql("""
                        insert into signal (source, brand, dedupe_key, body_hash, type, body, headers, received_at,
                            state, next_try_at)
                        values ('shopify', 'bottega', :key, :key, 'x', '{}', '{}', :received, :state, :received)
                        """)
                .param("key", "%-64s".formatted(state + received))
                .param("state", state)
                .param("received", Timestamp.from(received))
                .update();
    }
}
