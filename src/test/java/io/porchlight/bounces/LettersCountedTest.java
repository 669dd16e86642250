package io.porchlight.bounces;

import static io.porchlight.bounces.PostalWorld.HOST;
import static io.porchlight.bounces.Sales.address;
import static io.porchlight.bounces.Sales.await;
import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

/** Every letter that leaves, or does not, is counted with the word for why. */
@WithReturns
class LettersCountedTest {

    private final Sales sales;
    private final MeterRegistry meters;

    LettersCountedTest(Sales sales, MeterRegistry meters) {
        this.sales = sales;
        this.meters = meters;
    }

    @Test
    void oneThatTheMailServerTakes() {
        double before = counted("sent", "accepted");
        long measured = measured("planned.to.sent");

        sales.sends(sales.sells(someone()), "Confirmed", TRANSACTIONAL);

        await("it is counted", () -> counted("sent", "accepted") > before);
        await("it is measured", () -> measured("planned.to.sent") > measured);
        await("its handover is measured", () -> measured("claimed.to.settled") > 0);
        assertThat(measured("due.to.claimed")).isPositive();
        assertThat(meters.get("porchlight.smtp.connections").gauge().value()).isEqualTo(4);
        await(
                "nothing is on its way any more",
                () -> meters.get("porchlight.smtp.busy").gauge().value() == 0);
    }

    @Test
    void oneThatItRefusesAndTheNextThatTheGateKeeps() {
        double refused = counted("failed", "refused");
        double kept = counted("skipped", "agreed");
        var bob = someone();
        var key = sales.sells(bob);
        HOST.refuse(address(bob), "550 5.1.1 no such user here");

        sales.plans(key, "Confirmed", TRANSACTIONAL);
        await("the refusal is counted", () -> counted("failed", "refused") > refused);
        sales.settled(key, "Confirmed");
        sales.plans(key, "Shipped", TRANSACTIONAL);
        await("the skip is counted", () -> counted("skipped", "agreed") > kept);
    }

    @Test
    void oneThatItDoesNotTakeNow() {
        double before = counted("put-off", "not-now");
        var bob = someone();
        HOST.refuse(address(bob), "451 4.7.1 greylisted, come back later");

        sales.plans(sales.sells(bob), "Confirmed", TRANSACTIONAL);
        await("it is counted", () -> counted("put-off", "not-now") > before);
    }

    private double counted(String outcome, String reason) {
        var counter = meters.find("porchlight.letters")
                .tag("outcome", outcome)
                .tag("channel", "email")
                .tag("reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private long measured(String stage) {
        return meters.get("porchlight.letters." + stage)
                .tag("channel", "email")
                .timer()
                .count();
    }
}
