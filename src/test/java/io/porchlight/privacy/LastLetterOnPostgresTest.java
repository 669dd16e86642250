package io.porchlight.privacy;

import io.porchlight.database.Database;
import io.porchlight.notifications.Farewells;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The same races, on the database of production. */
@ContextConfiguration(initializers = LastLetterOnPostgresTest.OnPostgres.class)
class LastLetterOnPostgresTest extends LastLetterTest {

    LastLetterOnPostgresTest(Correspondence post, Farewells farewells) {
        super(post, farewells);
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
