package io.porchlight.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.Database;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Orders that were accepted before anybody asked whose they are are found by their customer too. */
class CustomersOfOrdersTest {

    private static final String H2 = "jdbc:h2:mem:older;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void areFoundByTheirCustomer(String database) {
        var source = new DriverManagerDataSource(database.equals("H2") ? H2 : Database.postgresUrl());
        var flyway = Flyway.configure().dataSource(source).javaMigrations(new V3_1__CustomersOfOrders());
        flyway.target("2").load().migrate();
        var jdbc = JdbcClient.create(source);
        place(jdbc, "1", "2026-11-20T10:00:00Z", true);
        place(jdbc, "2", "2026-11-21T10:00:00Z", false);

        flyway.target("3.1").load().migrate();

        assertThat(jdbc.sql("select customer_id from orders")
                        .query(String.class)
                        .list())
                .containsExactly("c-77", "c-77");
        assertThat(jdbc.sql("select shop_marketing from customer where customer_id = 'c-77'")
                        .query(Boolean.class)
                        .single())
                .as("the latest order decides")
                .isFalse();
    }

    private static void place(JdbcClient jdbc, String id, String receivedAt, boolean marketing) {
        jdbc.sql("""
                        insert into orders (journey_key, brand, order_id, content, content_hash, received_at)
                        values (:key, 'bottega', :id, :content, :hash, :at)
                        """)
                .param("key", "bottega:" + id)
                .param("id", id)
                .param("content", Shop.order(id).replace("\"marketing\":true", "\"marketing\":" + marketing))
                .param("hash", "0".repeat(64))
                .param("at", java.sql.Timestamp.from(java.time.Instant.parse(receivedAt)))
                .update();
    }
}
