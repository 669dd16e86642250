package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.State.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.Notification.State;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ContextConfiguration;

/** Somebody sets the clock while letters are on their way. */
@InTrouble
@ContextConfiguration(initializers = Scene.OnPostgres.class)
class ClockTroubleTest {

    private static final String CONFIRMED = "OrderConfirmedEmail";

    private final Customers customers;
    private final Scene scene;

    ClockTroubleTest(Customers customers, Scene scene) {
        this.customers = customers;
        this.scene = scene;
    }

    @BeforeEach
    @AfterEach
    void allIsWell() {
        scene.recover();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "P1D", "PT-1H", "P-1D"})
    void lettersOnTheirWayArriveOnceAlthoughTheClockIsSet(Duration by) {
        scene.mail.pace(Duration.ofMillis(30));
        var before = customers.order(12);
        customers.awaitLetter(before.get(2), CONFIRMED, letter -> letter.state() == SENT);
        customers.pass(by);

        var after = customers.order(3);
        after.forEach(key -> customers.awaitLetter(key, CONFIRMED, letter -> letter.state() == SENT));
        if (by.isNegative()) {
            // What was due by the old clock is due when its time comes again.
            customers.pass(by.negated());
        }
        customers.pass(Duration.ofMinutes(11));
        for (var key : before) {
            var letter = customers.awaitLetter(
                    key, CONFIRMED, one -> EnumSet.of(SENT, State.UNKNOWN).contains(one.state()));
            if (letter.state() == State.UNKNOWN) {
                customers.pass(Duration.ofMinutes(11));
                customers.awaitLetter(key, CONFIRMED, one -> one.state() == SENT);
            }
        }
        customers.assertNothingIsWrong();
    }

    @Test
    void aMailServerThatWasAwayIsTriedAgainSoonAlthoughTheClockWasSetBack() {
        scene.mail.shut();
        var bob = customers.orders(Customers.someone());
        customers.awaitLetter(bob, CONFIRMED, letter -> letter.reason() != null);
        customers.pass(Duration.ofHours(-1));
        scene.mail.open();

        var jane = customers.orders(Customers.someone());
        assertThat(customers
                        .awaitLetter(jane, CONFIRMED, letter -> letter.state() == SENT)
                        .attempts())
                .isEqualTo(1);
        customers.pass(Duration.ofHours(1));
        customers.awaitLetter(bob, CONFIRMED, letter -> letter.state() == SENT);
        customers.assertNothingIsWrong();
    }
}
