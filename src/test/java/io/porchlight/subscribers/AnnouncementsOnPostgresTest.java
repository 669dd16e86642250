package io.porchlight.subscribers;

import io.porchlight.consent.Consents;
import io.porchlight.database.Database;
import io.porchlight.database.MovableClock;
import io.porchlight.ledger.Ledger;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Shop;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** The same, out of the database of production. */
@ContextConfiguration(initializers = AnnouncementsOnPostgresTest.OnPostgres.class)
class AnnouncementsOnPostgresTest extends AnnouncementsTest {

    /** Gives the facts a PostgreSQL database of their own. */
    static class OnPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of("spring.datasource.url=" + Database.postgresUrl())
                    .applyTo(context);
        }
    }

    AnnouncementsOnPostgresTest(
            Announcements announcements,
            Subscribers subscribers,
            Courier courier,
            Shop shop,
            Orders orders,
            Journeys journeys,
            Ledger ledger,
            Consents consents,
            MovableClock clock,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        super(
                announcements,
                subscribers,
                courier,
                shop,
                orders,
                journeys,
                ledger,
                consents,
                clock,
                jdbc,
                transaction,
                events);
    }
}
