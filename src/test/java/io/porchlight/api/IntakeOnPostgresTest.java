package io.porchlight.api;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** The same intake, into the database of production. */
@ContextConfiguration(initializers = OnPostgres.class)
class IntakeOnPostgresTest extends IntakeTest {

    IntakeOnPostgresTest(Sender sender, JdbcClient jdbc) {
        super(sender, jdbc);
    }
}
