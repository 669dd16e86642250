package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.porchlight.database.Database;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresSessionsTest {

    private final PostgresSessions sessions = new PostgresSessions();

    @Test
    void endAfterHalfAMinuteOfSilenceInATransaction() {
        try (var pool = pool(Database.postgresUrl())) {
            sessions.postProcessAfterInitialization(pool, "dataSource");
            assertThat(shown("idle_in_transaction_session_timeout", pool)).isEqualTo("30s");
        }
    }

    @Test
    void takeAPageOfAnIndexToBeAsNearAsOneOfATable() {
        try (var pool = pool(Database.postgresUrl())) {
            sessions.postProcessAfterInitialization(pool, "dataSource");
            assertThat(shown("random_page_cost", pool)).isEqualTo("1.1");
        }
    }

    @Test
    void beginAsTheOperatorSays() {
        try (var pool = pool(Database.postgresUrl())) {
            pool.setConnectionInitSql("set idle_in_transaction_session_timeout = '5min'");
            sessions.postProcessAfterInitialization(pool, "dataSource");
            assertThat(shown("idle_in_transaction_session_timeout", pool)).isEqualTo("5min");
        }
    }

    @Test
    void areNoMatterForADatabaseInTheApplication() {
        try (var pool = pool("jdbc:h2:mem:sessions")) {
            sessions.postProcessAfterInitialization(pool, "dataSource");
            assertThat(JdbcClient.create(pool)
                            .sql("select 1")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    private static HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(1);
        return pool;
    }

    private static String shown(String setting, HikariDataSource pool) {
        return JdbcClient.create(pool)
                .sql("show " + setting)
                .query(String.class)
                .single();
    }
}
