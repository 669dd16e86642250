package io.porchlight;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * How each of our sessions with PostgreSQL begins; a setting of the operator's own, by
 * {@code spring.datasource.hikari.connection-init-sql}, stands instead.
 *
 * <ul>
 *   <li>An instance that is stopped in the middle of a transaction, as hypervisors do, keeps its locks for as long as its
 *       connections live, and the others leave its letters out. So a session that says nothing in a transaction for longer
 *       than a lease is ended; what it had begun is undone, and the others take over.
 *   <li>By itself PostgreSQL takes a page of an index to be four times as far away as the next one of the table, as they
 *       were on disks that turn. So it read whole tables, and planned a look for due letters anew each time. Here it is as
 *       near.
 * </ul>
 */
@Component
final class PostgresSessions implements BeanPostProcessor {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final String BEGIN =
            "set idle_in_transaction_session_timeout = " + LONGEST_SILENCE.toMillis() + "; set random_page_cost = 1.1";

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && pool.getConnectionInitSql() == null && isPostgres(pool)) {
            pool.setConnectionInitSql(BEGIN);
        }
        return bean;
    }

    private static boolean isPostgres(HikariDataSource pool) {
        return pool.getJdbcUrl() != null && pool.getJdbcUrl().startsWith("jdbc:postgresql:");
    }
}
