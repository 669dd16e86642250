package io.porchlight.replies;

import io.porchlight.database.Database;
import io.porchlight.notifications.Farewells;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The same races, on the database of production. */
@ContextConfiguration(initializers = LastTextOnPostgresTest.OnPostgres.class)
class LastTextOnPostgresTest extends LastTextTest {

    LastTextOnPostgresTest(Conversation texts, Farewells farewells) {
        super(texts, farewells);
    }

    /** Gives the application a PostgreSQL database of its own. */
    static final class OnPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of("spring.datasource.url=" + Database.postgresUrl())
                    .applyTo(context);
        }
    }
}
