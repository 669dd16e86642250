package io.porchlight.subscribers;

import io.porchlight.database.MovableClock;
import io.porchlight.orders.Shop;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** The facts and those who are told of them, in local mode, at a time that tests set. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = Announcing.Modules.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "porchlight.secret=only-for-tests",
            "porchlight.brands.bottega.api-keys=key-of-bottega",
            "porchlight.brands.atelier.api-keys=key-of-atelier",
            "spring.datasource.url=jdbc:h2:mem:announcing;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
@ContextConfiguration(initializers = Announcing.Addresses.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface Announcing {

    /** Signs for everybody. */
    String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** No {@code @Configuration}: tests of the whole application, which scan for those, must not find it. */
    @ComponentScan({
        "io.porchlight.brands",
        "io.porchlight.orders",
        "io.porchlight.models",
        "io.porchlight.fulfillment",
        "io.porchlight.consent",
        "io.porchlight.ledger",
        "io.porchlight.subscribers"
    })
    @ConfigurationPropertiesScan({
        "io.porchlight.brands",
        "io.porchlight.orders",
        "io.porchlight.fulfillment",
        "io.porchlight.ledger",
        "io.porchlight.subscribers"
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
    class Modules {

        @Bean
        Clock clock() {
            return new MovableClock();
        }
    }

    /** Who is told what. */
    class Addresses implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final String ALL =
                "notification.sent,notification.failed,customer.unsubscribed,journey.completed,silence.alarm";

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            subscribe(context, "erp", "bottega", ALL);
            subscribe(context, "crm", "bottega", "customer.unsubscribed,notification.sent");
            subscribe(context, "other", "atelier", ALL);
        }

        private static void subscribe(
                ConfigurableApplicationContext context, String name, String brand, String events) {
            String prefix = "porchlight.subscribers." + name + ".";
            TestPropertyValues.of(
                            prefix + "brand=" + brand,
                            prefix + "url=" + Endpoint.url(name),
                            prefix + "secret=" + SECRET,
                            prefix + "events=" + events)
                    .applyTo(context);
        }
    }
}
