package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.porchlight.database.Database;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SilentTransactionsTest {

    private final SilentTransactions silent = new SilentTransactions();

    @Test
    void areEndedByPostgresAfterHalfAMinute() {
        try (var pool = pool(Database.postgresUrl())) {
            silent.postProcessAfterInitialization(pool, "dataSource");
            assertThat(longest(pool)).isEqualTo("30s");
        }
    }

    @Test
    void areEndedWhenTheOperatorSays() {
        try (var pool = pool(Database.postgresUrl())) {
            pool.setConnectionInitSql("set idle_in_transaction_session_timeout = '5min'");
            silent.postProcessAfterInitialization(pool, "dataSource");
            assertThat(longest(pool)).isEqualTo("5min");
        }
    }

    @Test
    void areNoMatterForADatabaseInTheApplication() {
        try (var pool = pool("jdbc:h2:mem:silent")) {
            silent.postProcessAfterInitialization(pool, "dataSource");
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

    private static String longest(HikariDataSource pool) {
        return JdbcClient.create(pool)
                .sql("show idle_in_transaction_session_timeout")
                .query(String.class)
                .single();
    }
}
