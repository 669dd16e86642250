package io.porchlight.bounces;

import static io.porchlight.bounces.PostalWorld.HOST;
import static io.porchlight.bounces.Sales.address;
import static io.porchlight.bounces.Sales.await;
import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.Notification.State;
import io.porchlight.orders.JourneyKey;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a mail server says in the SMTP dialogue means what it means in a report, and refusals by policy stop streams. */
@WithReturns
class RefusedAtTheDoorTest {

    private static final String NO_SUCH_USER = "550 5.1.1 no such user here";
    private static final String SENDER_REFUSED =
            "550 5.7.515 Access denied, sender domain does not meet the requirements";

    private final Sales sales;
    private final JdbcClient jdbc;

    RefusedAtTheDoorTest(Sales sales, JdbcClient jdbc) {
        this.sales = sales;
        this.jdbc = jdbc;
    }

    @AfterEach
    void letEverythingFlow() {
        jdbc.sql("delete from stopped_stream").update();
    }

    @Test
    void anAddressThatTheServerDoesNotKnowIsNotAskedForTwice() {
        var bob = someone();
        var key = sales.sells(bob);
        HOST.refuse(address(bob), NO_SUCH_USER);
        sales.plans(key, "Confirmed", TRANSACTIONAL);

        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.FAILED);
        assertThat(sales.notification(key, "Confirmed").reason()).contains("no such user here");
        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("hard");
        sales.plans(key, "Shipped", TRANSACTIONAL);
        assertThat(sales.settled(key, "Shipped").state()).isEqualTo(State.SKIPPED);
        assertThat(sales.notification(key, "Shipped").reason())
                .startsWith("suppressed: mail to this address has come back");
        assertThat(HOST.asked(address(bob))).isOne();
    }

    @Test
    void aFullMailboxFailsTheLetterAndKeepsTheAddress() {
        var bob = someone();
        var key = sales.sells(bob);
        HOST.refuse(address(bob), "552 5.2.2 mailbox full");
        sales.plans(key, "Confirmed", TRANSACTIONAL);
        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.FAILED);

        HOST.accept(address(bob));
        sales.plans(key, "Shipped", TRANSACTIONAL);
        assertThat(sales.settled(key, "Shipped").state()).isEqualTo(State.SENT);
    }

    @Test
    void aServerThatRefusesTheBrandAsSenderStopsAllItsLettersAndNobodyElses() {
        var jane = someone();
        var key = sales.sells("atelier", jane, address(jane));
        HOST.refuse(address(jane), SENDER_REFUSED);
        sales.plans(key, "Confirmed", TRANSACTIONAL);
        await("it was refused", () -> waits(key, "Confirmed"));

        var bob = someone();
        var bobs = sales.sells("atelier", bob, address(bob));
        sales.plans(bobs, "Confirmed", TRANSACTIONAL);
        var other = sales.sells(someone());
        sales.sends(other, "Confirmed", TRANSACTIONAL);
        await("the brand's other letter waits", () -> waits(bobs, "Confirmed"));
        assertThat(HOST.asked(address(bob))).isZero();
        assertThat(sales.notification(bobs, "Confirmed").reason()).contains("5.7.515");
        assertThat(sales.notification(key, "Confirmed").dueAt())
                .isAfter(Instant.now().plus(Duration.ofMinutes(50)));

        HOST.accept(address(jane));
        letEverythingFlow();
        becomeDue(key, bobs);
        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.SENT);
        assertThat(sales.settled(bobs, "Confirmed").state()).isEqualTo(State.SENT);
    }

    @Test
    void aBrandThatIsRefusedThreeTimesGivesTheLetterUp() {
        var jane = someone();
        var key = sales.sells("atelier", jane, address(jane));
        HOST.refuse(address(jane), SENDER_REFUSED);
        sales.plans(key, "Confirmed", TRANSACTIONAL);
        for (int attempt = 1; attempt <= 2; attempt++) {
            int before = attempt;
            await(
                    "it was refused",
                    () -> sales.notification(key, "Confirmed").attempts() == before && waits(key, "Confirmed"));
            letEverythingFlow();
            becomeDue(key);
        }

        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.FAILED);
        assertThat(HOST.asked(address(jane))).isEqualTo(3);
        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("policy");
    }

    @Test
    void oneStrictServerStopsOnlyTheBrandsMarketing() {
        var jane = someone();
        var key = sales.sells("atelier", jane, address(jane));
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        PostalWorld.comesBack(
                Reports.delivery(letter.envelopeFrom(), "failed", "5.7.1", "550 5.7.1 message looks like spam"));
        await("it is known", () -> !sales.bounce(key, "Confirmed").isMissingNode());

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("policy");
        sales.plans(key, "Offer", MARKETING);
        await("marketing waits", () -> waits(key, "Offer"));
        sales.sends(key, "Shipped", TRANSACTIONAL);
        sales.sends(sales.sells(someone()), "Offer", MARKETING);
    }

    @Test
    void anAddressWhoseMailComesBackSoftlyAgainAndAgainIsGivenUp() {
        var bob = someone();
        var key = sales.sells(bob);
        for (int time = 1; time <= 5; time++) {
            String step = "Letter" + time;
            var letter = sales.sends(key, step, TRANSACTIONAL);
            PostalWorld.comesBack(Reports.delivery(letter.envelopeFrom(), "failed", "5.2.2", "552 5.2.2 full"));
            await("it is known", () -> !sales.bounce(key, step).isMissingNode());
        }
        await(
                "it is given up",
                () -> jdbc.sql("select count(*) from consent_entry where source = 'BOUNCE' and journey_key = :key")
                                .param("key", key.toString())
                                .query(Integer.class)
                                .single()
                        == 1);

        sales.plans(key, "Letter6", TRANSACTIONAL);
        assertThat(sales.settled(key, "Letter6").state()).isEqualTo(State.SKIPPED);
    }

    private boolean waits(JourneyKey key, String step) {
        var notification = sales.notification(key, step);
        return notification.state() == State.PLANNED && notification.reason() != null;
    }

    private void becomeDue(JourneyKey... keys) {
        for (var key : keys) {
            jdbc.sql("update notification set due_at = :now where journey_key = :key and state = 'PLANNED'")
                    .param("now", Timestamp.from(Instant.now()))
                    .param("key", key.toString())
                    .update();
        }
    }
}
