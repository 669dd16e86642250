package io.porchlight.chaos;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Orders;
import org.springframework.test.context.ContextConfiguration;

/** The same races, on the database of local mode. */
@ContextConfiguration(initializers = Scene.OnH2.class, inheritInitializers = false)
class StopRacesOnH2Test extends StopRacesOnPostgresTest {

    StopRacesOnH2Test(Customers customers, Scene scene, Orders orders, Farewells farewells) {
        super(customers, scene, orders, farewells);
    }
}
