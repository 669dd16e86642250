package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.State.PLANNED;
import static io.porchlight.ledger.Notification.State.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.chaos.Act.Moment;
import io.porchlight.chaos.Act.Say;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** A refusal for who sends stops all letters of the brand for a while, so it has an application of its own. */
@InTrouble
@ContextConfiguration(initializers = Scene.OnPostgres.class)
@TestPropertySource(properties = "spring.application.name=refused")
@DirtiesContext
class SenderRefusedTest {

    private static final String CONFIRMED = "OrderConfirmedEmail";

    private final Customers customers;
    private final Scene scene;
    private final JdbcClient jdbc;

    SenderRefusedTest(Customers customers, Scene scene, JdbcClient jdbc) {
        this.customers = customers;
        this.scene = scene;
        this.jdbc = jdbc;
    }

    @Test
    void keepsTheAddressAndTheLetterWaits() {
        var bob = Customers.someone();
        scene.mail.at(Moment.DOT, Customers.address(bob), new Say("550 5.7.515 you do not authenticate"));

        customers.orders(bob);
        customers.awaitLetter(bob, CONFIRMED, letter -> letter.state() == PLANNED && letter.attempts() == 1);
        customers.pass(Duration.ofMinutes(61));

        customers.awaitLetter(bob, CONFIRMED, letter -> letter.state() == SENT);
        assertThat(jdbc.sql("select count(*) from suppression")
                        .query(Integer.class)
                        .single())
                .as("addresses that are written to no more")
                .isZero();
        customers.assertNothingIsWrong();
    }
}
