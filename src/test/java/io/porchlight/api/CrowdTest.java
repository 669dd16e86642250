package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CrowdTest {

    private final HikariDataSource database = database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void sendersAreToldToComeBackWhileTooManyWaitForTheDatabase() throws Exception {
        try (var waiting = Executors.newFixedThreadPool(2)) {
            try (var held = database.getConnection()) {
                assertThat(answer("POST", "/api/orders")).isEqualTo(200);
                for (int i = 0; i < 2; i++) {
                    var unused = waiting.submit(this::comesAndGoes);
                }
                await().until(() -> database.getHikariPoolMXBean().getThreadsAwaitingConnection() == 2);

                assertThat(answer("POST", "/api/orders")).isEqualTo(429);
                assertThat(answer("POST", "/webhooks/shopify/bottega")).isEqualTo(429);
                assertThat(answer("POST", "/webhooks/bounces/ses")).isEqualTo(429);
                assertThat(answer("POST", "/webhooks/texts/twilio"))
                        .as("nobody's STOP is put off")
                        .isEqualTo(200);
                assertThat(answer("GET", "/api/orders/bottega/1"))
                        .as("who only reads may")
                        .isEqualTo(200);
                assertThat(answer("POST", "/u/a-token"))
                        .as("nobody is kept from unsubscribing")
                        .isEqualTo(200);
                assertThat(held.isValid(1)).isTrue();
            }
        }
        assertThat(answer("POST", "/api/orders")).as("the crowd has gone home").isEqualTo(200);
    }

    private boolean comesAndGoes() throws SQLException {
        try (var connection = database.getConnection()) {
            return connection.isValid(1);
        }
    }

    private int answer(String method, String path) throws Exception {
        var response = new MockHttpServletResponse();
        new Crowd(database, new IntakeSettings(2), new Problems(new ObjectMapper()))
                .doFilter(new MockHttpServletRequest(method, path), response, new MockFilterChain());
        assertThat(response.getHeader("Retry-After")).isEqualTo(response.getStatus() == 429 ? "1" : null);
        return response.getStatus();
    }

    private static HikariDataSource database() {
        var database = new HikariDataSource();
        database.setJdbcUrl("jdbc:h2:mem:crowd");
        database.setMaximumPoolSize(1);
        return database;
    }
}
