package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.context.ContextConfiguration;

/** The customer says stop while an offer is on its way: when they have our word, none is accepted any more. */
@InTrouble
@ContextConfiguration(initializers = Scene.OnPostgres.class)
@ExtendWith(Summary.class)
class StopRacesOnPostgresTest {

    private final Customers customers;
    private final Scene scene;
    private final Orders orders;
    private final Farewells farewells;

    StopRacesOnPostgresTest(Customers customers, Scene scene, Orders orders, Farewells farewells) {
        this.customers = customers;
        this.scene = scene;
        this.orders = orders;
        this.farewells = farewells;
    }

    @BeforeEach
    void allIsWell() {
        scene.recover();
    }

    @Test
    void nothingIsAcceptedAfterOurWordInTwentyRaces() throws Exception {
        race(20);
    }

    @Test
    @Tag("chaos")
    void nothingIsAcceptedAfterOurWordInAThousandRaces() throws Exception {
        int won = race(1000);
        Report.tell(getClass().getSimpleName() + ": 1000 races of unsubscribe against send; the letter was first in "
                + won + ", the customer in " + (1000 - won) + ", nothing is wrong");
    }

    private int race(int races) throws Exception {
        long usual = usualTimeToAccept();
        var random = new SplittableRandom(11);
        int sent = 0;
        for (int race = 1; race <= races; race++) {
            var order = confirmed();
            long patience = random.nextLong(usual * 3 / 2);
            var stop = CompletableFuture.runAsync(() -> stop(order, patience));
            customers.offered(order.journeyKey());
            stop.get(30, TimeUnit.SECONDS);

            var offer = customers.awaitSettled(order.journeyKey(), "Offer");
            boolean arrived = customers.arrived(order.journeyKey()) == 2;
            assertThat(offer.state()).as("race %d after %d ns", race, patience).isEqualTo(arrived ? SENT : SKIPPED);
            sent += arrived ? 1 : 0;
        }
        assertThat(sent).as("races that the letter won").isBetween(1, races - 1);
        customers.assertNothingIsWrong();
        return sent;
    }

    private void stop(Order order, long patience) {
        long until = System.nanoTime() + patience;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        farewells.unsubscribe(order);
        scene.record.stopped(Customers.address(order.journeyKey()));
    }

    /** A customer who has the confirmation and can be offered something. */
    private Order confirmed() {
        var key = customers.orders(Customers.someone());
        customers.awaitSettled(key, "OrderConfirmedEmail");
        return orders.find(key).orElseThrow();
    }

    /** From planning to acceptance, in nanoseconds, so that the races are close on slow machines too. */
    private long usualTimeToAccept() {
        long total = 0;
        for (int letter = 1; letter <= 10; letter++) {
            var key = confirmed().journeyKey();
            long start = System.nanoTime();
            customers.offered(key);
            Customers.await("it is accepted", () -> customers.arrived(key) == 2);
            total += System.nanoTime() - start;
            customers.awaitSettled(key, "Offer");
        }
        return total / 10;
    }
}
