package io.porchlight.database;

import io.porchlight.orders.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** The fact modules alone, on one database, at a time that tests set. */
record Facts(ConfigurableApplicationContext modules, Path home) implements CloseableResource {

    /** No {@code @Configuration}: tests of the whole application, which scan for those, must not find it. */
    @ComponentScan({
        "io.porchlight.brands",
        "io.porchlight.orders",
        "io.porchlight.models",
        "io.porchlight.fulfillment",
        "io.porchlight.consent",
        "io.porchlight.ledger",
        "io.porchlight.signals",
        "io.porchlight.imports",
        "io.porchlight.silence",
        "io.porchlight.vitals"
    })
    @ConfigurationPropertiesScan({
        "io.porchlight.brands",
        "io.porchlight.orders",
        "io.porchlight.fulfillment",
        "io.porchlight.imports",
        "io.porchlight.ledger",
        "io.porchlight.ledger",
        "io.porchlight.silence"
    })
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ValidationAutoConfiguration.class
    })
    @Import(Shop.class)
    static class Modules {

        @Bean
        Clock clock() {
            return new MovableClock();
        }
    }

    static Facts startedOn(Database database) {
        var home = newHome();
        var arguments = new ArrayList<>(database.fresh());
        arguments.add("--porchlight.home=" + home);
        arguments.add("--porchlight.secret=only-for-tests");
        // Tests look themselves.
        arguments.add("--porchlight.silence.look=1d");
        var modules = new SpringApplicationBuilder(Modules.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
        return new Facts(modules, home);
    }

    boolean has(Class<?> type) {
        return type.isInstance(modules) || modules.getBeanNamesForType(type).length == 1;
    }

    Object get(Class<?> type) {
        return type.isInstance(modules) ? modules : modules.getBean(type);
    }

    /** Empties every table, children first, and turns the clock back. */
    void forget() {
        var jdbc = modules.getBean(JdbcClient.class);
        for (var table : Rows.TABLES) {
            jdbc.sql("delete from " + table).update();
        }
        modules.getBean(MovableClock.class).reset();
    }

    @Override
    public void close() {
        modules.close();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path newHome() {
        try {
            return Files.createTempDirectory("porchlight-facts");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
