package io.porchlight.journeys;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.process.test.api.CamundaSpringProcessTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wake-ups come from commits: while nothing happens, nobody asks the database again and again whether something has. */
@CamundaSpringProcessTest
class IdleTest implements JourneyTest {

    private static final Duration WATCHED = Duration.ofSeconds(19);

    private static final Pattern ASKED = Pattern.compile("(?:from|update) (\\w+)");

    private record Asked(String table, long times) {}

    @Autowired
    Stage stage;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whoeverWaitsForWorkAsksLessThanOnceASecond() throws InterruptedException {
        stage.ledgerSays(stage.order("italian-shoes"), "OrderConfirmedEmail sent");
        Thread.sleep(Duration.ofSeconds(1)); // what comes with it is over
        jdbc.sql("set query_statistics true").update();
        Thread.sleep(WATCHED);
        var asked = asked();
        jdbc.sql("set query_statistics false").update();

        assertThat(asked).as("they are alive").containsKeys("notification", "journey", "milestone");
        assertThat(asked.getOrDefault("notification", 0L))
                .as("by the dispatcher")
                .isLessThan(WATCHED.toSeconds());
        assertThat(asked.getOrDefault("journey", 0L) + asked.getOrDefault("milestone", 0L))
                .as("by the outbox")
                .isLessThan(WATCHED.toSeconds());
        assertThat(asked)
                .as("by anybody")
                .allSatisfy((table, times) -> assertThat(times).isLessThan(WATCHED.toSeconds()));
    }

    private Map<String, Long> asked() {
        List<Asked> all = jdbc.sql("select sql_statement, execution_count from information_schema.query_statistics")
                .query((row, number) -> new Asked(table(row.getString(1)), row.getLong(2)))
                .list();
        return all.stream()
                .filter(statement -> !statement.table().isEmpty())
                .collect(groupingBy(Asked::table, summingLong(Asked::times)));
    }

    /** What a statement is about; nothing, if it is a commit. */
    private static String table(String statement) {
        var asked = ASKED.matcher(statement);
        return asked.find() ? asked.group(1) : "";
    }
}
