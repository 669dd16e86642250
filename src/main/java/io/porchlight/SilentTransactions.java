package io.porchlight;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * An instance that is stopped in the middle of a transaction, as hypervisors do, keeps its locks for as long as its
 * connections live, and the others leave its letters out. So PostgreSQL ends a session that says nothing in a transaction for
 * longer than a lease; what it had begun is undone, and the others take over. A setting of the operator's own, by
 * {@code spring.datasource.hikari.connection-init-sql}, stands.
 */
@Component
final class SilentTransactions implements BeanPostProcessor {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && pool.getConnectionInitSql() == null && isPostgres(pool)) {
            pool.setConnectionInitSql("set idle_in_transaction_session_timeout = " + LONGEST.toMillis());
        }
        return bean;
    }

    private static boolean isPostgres(HikariDataSource pool) {
        return pool.getJdbcUrl() != null && pool.getJdbcUrl().startsWith("jdbc:postgresql:");
    }
}
