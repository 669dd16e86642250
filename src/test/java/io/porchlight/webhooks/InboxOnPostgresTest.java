package io.porchlight.webhooks;

import io.porchlight.fulfillment.Milestones;
import io.porchlight.orders.Orders;
import io.porchlight.signals.Senders;
import io.porchlight.signals.SignalDesk;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** The same inbox, in the database of production. */
@ContextConfiguration(initializers = OnPostgres.class)
class InboxOnPostgresTest extends InboxTest {

    InboxOnPostgresTest(
            Vendors vendors,
            SignalDesk desk,
            Senders senders,
            Orders orders,
            Milestones milestones,
            JdbcClient jdbc,
            Clock clock) {
        super(vendors, desk, senders, orders, milestones, jdbc, clock);
    }
}
