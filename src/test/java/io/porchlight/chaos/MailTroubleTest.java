package io.porchlight.chaos;

import static io.porchlight.ledger.Notification.State.FAILED;
import static io.porchlight.ledger.Notification.State.PLANNED;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.chaos.Act.Hang;
import io.porchlight.chaos.Act.HangUp;
import io.porchlight.chaos.Act.LastWords;
import io.porchlight.chaos.Act.Late;
import io.porchlight.chaos.Act.Moment;
import io.porchlight.chaos.Act.Say;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** Whatever the mail server does, a letter arrives once, or never when it must not, or the ledger says that nobody knows. */
@InTrouble
@ContextConfiguration(initializers = Scene.OnPostgres.class)
class MailTroubleTest {

    private static final String CONFIRMED = "OrderConfirmedEmail";

    /** Longer than anything that the application waits for before it tries again. */
    private static final Duration A_WHILE = Duration.ofMinutes(11);

    private final Customers customers;
    private final Scene scene;
    private final JdbcClient jdbc;

    MailTroubleTest(Customers customers, Scene scene, JdbcClient jdbc) {
        this.customers = customers;
        this.scene = scene;
        this.jdbc = jdbc;
    }

    /**
     * One way to misbehave.
     *
     * @param then what the ledger says while it lasts
     * @param inTheEnd what it says when the server has behaved for a while
     * @param arrivals how often the letter may have arrived by then
     */
    record Trouble(
            String name, BiConsumer<MailServerInTrouble, String> script, State then, State inTheEnd, int arrivals) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trouble> troubles() {
        var notOut = Stream.of(
                harmless("refuses connections", (server, to) -> server.shut()),
                harmless("421 at the door", (server, to) -> server.always(Moment.CONNECT, new Say("421 busy"))),
                harmless("hangs up at the door", (server, to) -> server.always(Moment.CONNECT, new HangUp())),
                harmless("hangs at the door", (server, to) -> server.always(Moment.CONNECT, new Hang())),
                harmless("hangs at EHLO", (server, to) -> server.always(Moment.EHLO, new Hang())),
                harmless(
                        "drops as soon as it has asked for the letter",
                        (server, to) -> server.at(Moment.DATA, new LastWords("354 go on"))),
                once("451 after the dot", Moment.DOT, "451 4.3.0 later"),
                once("452 after the dot", Moment.DOT, "452 4.2.2 full"),
                once("421 after the dot", Moment.DOT, "421 4.3.2 going down"));
        var atEachCommand = Stream.of(Moment.MAIL, Moment.RCPT, Moment.DATA)
                .flatMap(moment -> Stream.of(
                        harmless("hangs at " + moment, (server, to) -> server.at(moment, new Hang())),
                        harmless("drops at " + moment, (server, to) -> server.at(moment, new HangUp())),
                        once("421 at " + moment, moment, "421 4.3.2 going down"),
                        once("451 at " + moment, moment, "451 4.3.0 later"),
                        once("452 at " + moment, moment, "452 4.2.2 full")));
        var refused = Stream.of(
                refused("550 5.1.1 at RCPT", Moment.RCPT, "550 5.1.1 nobody of that name"),
                refused("550 5.1.1 after the dot", Moment.DOT, "550 5.1.1 nobody of that name"),
                refused("554 after the dot", Moment.DOT, "554 no"));
        var unknown = Stream.of(
                new Trouble(
                        "hangs during the letter",
                        (server, to) -> server.at(Moment.TEXT, to, new Hang()),
                        UNKNOWN,
                        SENT,
                        1),
                new Trouble(
                        "drops after the dot",
                        (server, to) -> server.at(Moment.DOT, to, new HangUp()),
                        UNKNOWN,
                        SENT,
                        2),
                new Trouble(
                        "hangs after the dot", (server, to) -> server.at(Moment.DOT, to, new Hang()), UNKNOWN, SENT, 2),
                new Trouble(
                        "250 comes too late",
                        (server, to) -> server.at(Moment.DOT, to, new Late(Duration.ofMillis(1200))),
                        UNKNOWN,
                        SENT,
                        2),
                new Trouble(
                        "drops after the dot, twice",
                        (server, to) -> server.at(Moment.DOT, to, new HangUp(), new HangUp()),
                        UNKNOWN,
                        UNKNOWN,
                        2));
        var well =
                Stream.of(new Trouble("is slow", (server, to) -> server.pace(Duration.ofMillis(150)), SENT, SENT, 1));
        return Stream.of(notOut, atEachCommand, refused, unknown, well).flatMap(all -> all);
    }

    private static Trouble harmless(String name, BiConsumer<MailServerInTrouble, String> script) {
        return new Trouble(name, script, PLANNED, SENT, 1);
    }

    private static Trouble once(String name, Moment moment, String reply) {
        return harmless(name, (server, to) -> server.at(moment, new Say(reply)));
    }

    private static Trouble refused(String name, Moment moment, String reply) {
        return new Trouble(name, (server, to) -> server.at(moment, to, new Say(reply)), FAILED, FAILED, 0);
    }

    @BeforeEach
    void allIsWell() {
        scene.recover();
        scene.mail.hangUp();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aLetterArrivesAsOftenAsItMay(Trouble trouble) {
        var bob = Customers.someone();
        trouble.script().accept(scene.mail, Customers.address(bob));

        customers.orders(bob);
        var meanwhile =
                customers.awaitLetter(bob, CONFIRMED, letter -> letter.state() == trouble.then() && tried(letter));
        assertThat(customers.violations()).as("meanwhile").isEmpty();
        scene.mail.open();
        if (trouble.then() == PLANNED && meanwhile.attempts() == 0) {
            scene.mail.recover();
        }
        customers.pass(A_WHILE);

        customers.awaitLetter(bob, CONFIRMED, letter -> isForGood(letter, trouble.inTheEnd()));
        assertThat(customers.arrived(bob)).as("arrivals").isEqualTo(trouble.arrivals());
        customers.assertNothingIsWrong();
    }

    /** It has been tried, and the ledger says how that went. */
    private static boolean tried(Notification letter) {
        return letter.state() != PLANNED || letter.reason() != null;
    }

    /** Asked at once: between two questions a letter whose fate is unknown may be taken to be sent once more. */
    private boolean isForGood(Notification letter, State state) {
        return jdbc.sql("select count(*) from notification where id = :id and state = :state and again_at is null")
                        .param("id", letter.id())
                        .param("state", state.name())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    @Test
    void marketingWhoseFateIsUnknownIsNeverSentAgain() {
        var bob = customers.orders(Customers.someone());
        customers.awaitSettled(bob, CONFIRMED);
        scene.mail.at(Moment.DOT, Customers.address(bob), new HangUp());

        customers.offered(bob);
        customers.awaitLetter(bob, "Offer", letter -> letter.state() == UNKNOWN);
        customers.pass(A_WHILE);
        customers.awaitSettled(customers.orders(Customers.someone()), CONFIRMED);

        assertThat(customers.letter(bob, "Offer").state()).isEqualTo(UNKNOWN);
        assertThat(customers.arrived(bob)).isEqualTo(2);
        customers.assertNothingIsWrong();
    }

    @Test
    void aDropInTheMiddleOfALetterIsNoArrival() {
        var bob = Customers.someone();
        scene.mail.at(Moment.TEXT, Customers.address(bob), new HangUp());

        customers.orders(bob);
        // Whether the sender notices before its own dot is a matter of microseconds.
        customers.awaitLetter(
                bob,
                CONFIRMED,
                letter -> letter.attempts() > 0 && EnumSet.of(PLANNED, UNKNOWN).contains(letter.state()));
        customers.pass(A_WHILE);

        customers.awaitLetter(bob, CONFIRMED, letter -> letter.state() == SENT);
        assertThat(customers.arrived(bob)).isEqualTo(1);
        customers.assertNothingIsWrong();
    }

    @Test
    void anErrorOnQuitSaysNothingAboutTheLettersBeforeIt() {
        scene.mail.always(Moment.QUIT, new Say("500 no"));
        var bob = customers.orders(Customers.someone());
        customers.awaitSettled(bob, CONFIRMED);
        // The next letter takes too long, so its sender says QUIT.
        var jane = Customers.someone();
        scene.mail.at(Moment.RCPT, Customers.address(jane), new Late(Duration.ofMillis(900)));
        customers.orders(jane);
        customers.awaitLetter(jane, CONFIRMED, letter -> letter.attempts() > 0 && letter.state() == PLANNED);
        customers.pass(A_WHILE);
        customers.awaitLetter(jane, CONFIRMED, letter -> letter.state() == SENT);

        assertThat(customers.letter(bob, CONFIRMED).state()).isEqualTo(SENT);
        assertThat(customers.arrived(bob)).isEqualTo(1);
        customers.assertNothingIsWrong();
    }
}
