package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.Notification;
import io.porchlight.orders.JourneyKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ContextConfiguration;

/** The database goes away, or does what it was asked without saying so: each letter still arrives once. */
@InTrouble
@ContextConfiguration(initializers = Scene.OnPostgres.class)
@ExtendWith(Summary.class)
class DatabaseTroubleTest {

    private static final String CONFIRMED = "OrderConfirmedEmail";
    private static final String SHIPPED = "ShippedEmail";
    private static final int CROWD = 24;

    private final Customers customers;
    private final Scene scene;

    DatabaseTroubleTest(Customers customers, Scene scene) {
        this.customers = customers;
        this.scene = scene;
    }

    @BeforeEach
    @AfterEach
    void allIsWell() {
        scene.recover();
    }

    @Test
    void aDatabaseThatIsGoneForAWhileCostsNothing() throws Exception {
        duringACrowd(() -> {
            scene.database().cut();
            TimeUnit.SECONDS.sleep(3);
            scene.database().mend();
        });
    }

    @Test
    void aDatabaseThatDoesNotAnswerForAWhileCostsNothing() throws Exception {
        duringACrowd(() -> {
            scene.database().stall();
            TimeUnit.SECONDS.sleep(3);
            scene.database().mend();
        });
    }

    @Test
    void connectionsThatBreakAgainAndAgainCostNothing() throws Exception {
        duringACrowd(() -> {
            for (int times = 0; times < 10; times++) {
                scene.database().breakAll();
                TimeUnit.MILLISECONDS.sleep(150);
            }
        });
    }

    @Test
    @Tag("chaos")
    void aDatabaseThatIsGoneForAMinuteCostsNothing() throws Exception {
        duringACrowd(() -> {
            scene.database().cut();
            TimeUnit.MINUTES.sleep(1);
            scene.database().mend();
        });
        Report.tell("database gone for a minute: " + CROWD + " customers, each has each letter, nothing is wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into orders",
                "insert into notification",
                "set state = 'STARTING'",
                "insert into milestone",
                "set state = 'CLAIMED'"
            })
    void aCommitWhoseAnswerIsLostCostsNothing(String said) throws Exception {
        var loss = scene.database().loseAnswerToCommitAfter(said);
        var crowd = customers.order(3);
        crowd.forEach(key -> settled(key, CONFIRMED));
        crowd.forEach(key -> customers.hears(key, "shipped"));

        assertThat(loss.happensWithin(20)).as("it was lost").isTrue();
        crowd.forEach(this::assertBothLettersArrived);
        customers.assertNothingIsWrong();
    }

    /** These commit by themselves, just before the letter and just after it. */
    @ParameterizedTest
    @ValueSource(strings = {"set state = 'ATTEMPTING'", "select taken_back from notification", "set state = 'SENT'"})
    void anAnswerThatIsLostWhileALetterIsHandedOverCostsNothing(String said) throws Exception {
        scene.mail.hangUp();
        var loss = scene.database().loseAnswerTo(said);
        var crowd = customers.order(3);

        assertThat(loss.happensWithin(20)).as("it was lost").isTrue();
        crowd.forEach(key -> settled(key, CONFIRMED));
        crowd.forEach(key -> customers.hears(key, "shipped"));
        crowd.forEach(this::assertBothLettersArrived);
        customers.assertNothingIsWrong();
    }

    private void duringACrowd(Harm harm) throws Exception {
        scene.mail.pace(Duration.ofMillis(15));
        var before = customers.order(CROWD / 2);
        var harmed = CompletableFuture.runAsync(harm::happens);
        var during = customers.order(CROWD / 2);
        before.forEach(key -> customers.hears(key, "shipped"));
        harmed.get(2, TimeUnit.MINUTES);
        during.forEach(key -> settled(key, CONFIRMED));
        during.forEach(key -> customers.hears(key, "shipped"));
        for (var crowd : List.of(before, during)) {
            crowd.forEach(this::assertBothLettersArrived);
        }
        customers.assertNothingIsWrong();
    }

    private void assertBothLettersArrived(JourneyKey key) {
        assertThat(List.of(settled(key, CONFIRMED), settled(key, SHIPPED)))
                .as(key.toString())
                .hasSize(2);
    }

    /** Sent; or handed over in the very moment of the harm, so that nobody can know, which is sent once more later. */
    private Notification settled(JourneyKey key, String step) {
        var letter = customers.awaitLetter(key, step, one -> one.state() == SENT || one.state() == UNKNOWN);
        if (letter.state() == UNKNOWN) {
            customers.pass(Duration.ofMinutes(11));
            letter = customers.awaitLetter(key, step, one -> one.state() == SENT);
        }
        return letter;
    }

    /** Something bad. */
    private interface Harm {

        void does() throws InterruptedException;

        default void happens() {
            try {
                does();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }
}
