package io.porchlight.api;

import org.springframework.test.context.ContextConfiguration;

/** The same mishaps, on the database of production, which is less patient with strange text. */
@ContextConfiguration(initializers = OnPostgres.class)
class FuzzOnPostgresTest extends FuzzTest {

    FuzzOnPostgresTest(Sender sender) {
        super(sender);
    }
}
