package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.State.SENT;

import io.porchlight.orders.JourneyKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/** The broker goes away, or does what it was asked without saying so: each letter still arrives once. */
@InTrouble
@ContextConfiguration(initializers = Scene.OnPostgres.class)
class BrokerTroubleTest {

    private static final int CROWD = 10;

    private final Customers customers;
    private final Scene scene;

    BrokerTroubleTest(Customers customers, Scene scene) {
        this.customers = customers;
        this.scene = scene;
    }

    @BeforeEach
    @AfterEach
    void allIsWell() {
        scene.recover();
    }

    @Test
    void aBrokerThatIsGoneForAWhileCostsNothing() throws InterruptedException {
        var before = customers.order(CROWD);
        scene.broker.cut();
        var during = customers.order(CROWD);
        before.forEach(key -> customers.hears(key, "shipped"));
        TimeUnit.SECONDS.sleep(3);
        scene.broker.mend();
        assertAllArrive(before, during);
    }

    @Test
    void aBrokerThatDoesWhatItIsAskedButDoesNotSaySoStartsNothingTwice() throws InterruptedException {
        var before = customers.order(CROWD);
        before.forEach(key -> awaitSent(key, "OrderConfirmedEmail"));
        scene.broker.loseAnswers();
        var during = customers.order(CROWD);
        before.forEach(key -> customers.hears(key, "shipped"));
        TimeUnit.SECONDS.sleep(5);
        scene.broker.mend();
        assertAllArrive(before, during);
    }

    @Test
    void aBrokerThatStallsCostsNothing() throws InterruptedException {
        var before = customers.order(CROWD);
        scene.broker.stall();
        var during = customers.order(CROWD);
        before.forEach(key -> customers.hears(key, "shipped"));
        TimeUnit.SECONDS.sleep(3);
        scene.broker.mend();
        assertAllArrive(before, during);
    }

    private void assertAllArrive(List<JourneyKey> before, List<JourneyKey> during) {
        during.forEach(key -> awaitSent(key, "OrderConfirmedEmail"));
        during.forEach(key -> customers.hears(key, "shipped"));
        for (var crowd : List.of(before, during)) {
            for (var key : crowd) {
                customers.awaitSettled(key, "OrderConfirmedEmail");
                awaitSent(key, "ShippedEmail");
            }
        }
        customers.assertNothingIsWrong();
    }

    private void awaitSent(JourneyKey key, String step) {
        customers.awaitLetter(key, step, letter -> letter.state() == SENT);
    }
}
