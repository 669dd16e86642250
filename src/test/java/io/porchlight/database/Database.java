package io.porchlight.database;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where rows live; every call of {@link #fresh()} leads to a database that nobody used before. */
public enum Database {

    /** The file of local mode, with the very address that {@code LocalMachine} gives it. */
    H2 {
        @Override
        List<String> fresh() {
            return List.of();
        }
    },

    /** A server of this JVM's own, started when first asked for. */
    POSTGRESQL {
        @Override
        List<String> fresh() {
            return List.of("--spring.datasource.url=" + postgresUrl());
        }
    };

    /** The command line arguments that lead there. */
    abstract List<String> fresh();

    /** The address of a new, empty database on the PostgreSQL server. */
    public static String postgresUrl() {
        var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return Server.RUNNING.getJdbcUrl("postgres", name);
    }

    /** For a test that looks again and again: each connection of its own would be a process of the server. */
    public static JdbcClient client(String url) {
        var few = new HikariDataSource();
        few.setJdbcUrl(url);
        few.setMaximumPoolSize(4);
        return JdbcClient.create(few);
    }

    /** Ends with the JVM: the server's own shutdown hook sees to that. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
