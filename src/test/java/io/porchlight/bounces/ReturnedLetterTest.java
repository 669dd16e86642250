package io.porchlight.bounces;

import static io.porchlight.bounces.Sales.address;
import static io.porchlight.bounces.Sales.await;
import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.Notification.State;
import io.porchlight.orders.JourneyKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A letter goes out, a report comes back, and what follows from it. */
@WithReturns
class ReturnedLetterTest {

    private final Sales sales;
    private final JdbcClient jdbc;

    ReturnedLetterTest(Sales sales, JdbcClient jdbc) {
        this.sales = sales;
        this.jdbc = jdbc;
    }

    @Test
    void nothingMoreGoesToAnAddressThatDoesNotExist() {
        var bob = someone();
        var key = sales.sells(bob);
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        assertThat(letter.envelopeFrom()).matches("bounce\\+[0-9a-f]{48}@bottega\\.example");

        PostalWorld.comesBack(Reports.delivery(
                letter.envelopeFrom(), "failed", "5.1.1", "550 5.1.1 <somebody@example.com>: user unknown"));
        await("it is known", () -> !sales.bounce(key, "Confirmed").isMissingNode());

        var bounce = sales.bounce(key, "Confirmed");
        assertThat(bounce.path("kind").asText()).isEqualTo("hard");
        assertThat(bounce.path("code").asText()).isEqualTo("5.1.1");
        assertThat(bounce.path("text").asText()).contains("user unknown");
        assertThat(bounce.path("at").asText()).isNotEmpty();
        assertThat(sales.notification(key, "Confirmed").state()).isEqualTo(State.SENT);
        sales.plans(key, "Shipped", TRANSACTIONAL);
        assertThat(sales.settled(key, "Shipped").state()).isEqualTo(State.SKIPPED);
        assertThat(sales.notification(key, "Shipped").reason())
                .startsWith("suppressed: mail to this address has come back since ");
        assertThat(PostalWorld.HOST.letters(address(bob))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.2", "5.1.3", "5.1.10", "5.2.1"})
    void soDoTheOtherCodesThatAreAboutTheAddress(String status) {
        var key = bounced("failed", status, "550 " + status + " no");

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("hard");
        assertThat(stillWrites(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.7", "4.2.2", "5.2.2", "5.3.4", "5.0.0"})
    void aMailboxThatIsFullOrAServerThatIsAwayChangesNothing(String status) {
        var key = bounced("failed", status, "552 " + status + " mailbox is full");

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("soft");
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void aDelayChangesNothing() {
        var key = bounced("delayed", "5.1.1", "550 5.1.1 unknown, but we keep trying");

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("delayed");
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void whoCallsALetterSpamGetsNoMoreMarketing() {
        var bob = someone();
        var key = sales.sells(bob);
        var letter = sales.sends(key, "Offer", MARKETING);

        PostalWorld.comesBack(Reports.complaint("fbl@bottega.example", "abuse", "", letter.header("Message-ID")));
        await("it is known", () -> !sales.bounce(key, "Offer").isMissingNode());

        assertThat(sales.bounce(key, "Offer").path("kind").asText()).isEqualTo("complaint");
        sales.plans(key, "SecondOffer", MARKETING);
        assertThat(sales.settled(key, "SecondOffer").reason())
                .startsWith("no consent: the customer marked a letter as spam on ");
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void aComplaintIsAlsoKnownByTheEnvelopeSender() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Offer", MARKETING);

        PostalWorld.comesBack(Reports.complaint("fbl@bottega.example", "abuse", letter.envelopeFrom(), "<x@y>"));

        await("it is known", () -> !sales.bounce(key, "Offer").isMissingNode());
    }

    @Test
    void aForgedReportChangesNothing() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        String token = letter.envelopeFrom().replaceAll(".*\\+|@.*", "");
        char last = token.charAt(47) == '0' ? '1' : '0';
        for (var forged : new String[] {
            "bounce@bottega.example",
            "orders@bottega.example",
            address("somebody"),
            "bounce+" + "0".repeat(48) + "@bottega.example",
            "bounce+" + token.substring(0, 47) + "@bottega.example",
            "bounce+" + token.substring(0, 47) + last + "@bottega.example",
            "bounce+" + token + "0@bottega.example",
            letter.header("Message-ID").replaceAll("[<>]", "")
        }) {
            PostalWorld.comesBack(Reports.delivery(forged, "failed", "5.1.1", "550 5.1.1 unknown"));
        }
        PostalWorld.comesBack(
                "From: x@y.example\nTo: " + letter.envelopeFrom() + "\nSubject: Away\n\nI am on holiday.\n");
        await("all were looked at", () -> PostalWorld.unseen() == 0);

        assertThat(sales.bounce(key, "Confirmed").isMissingNode()).isTrue();
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void theSameReportTwiceIsOneFact() {
        var bob = someone();
        var key = sales.sells(bob);
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        String report = Reports.delivery(letter.envelopeFrom(), "failed", "5.1.1", "550 5.1.1 unknown");
        int before = PostalWorld.in("Handled");

        PostalWorld.comesBack(report);
        PostalWorld.comesBack(report);
        await("both were handled", () -> PostalWorld.in("Handled") == before + 2);

        long id = sales.notification(key, "Confirmed").id();
        assertThat(count("select count(*) from bounce where notification_id = " + id))
                .isOne();
        assertThat(count(
                        "select count(*) from consent_entry e join customer c on c.id = e.customer where source = 'BOUNCE'"
                                + " and c.customer_id = '" + bob + "'"))
                .isOne();
    }

    @Test
    void anErasedCustomersLedgerKeepsNoWordsOfIt() {
        var bob = someone();
        var key = sales.sells(bob);
        var first = sales.sends(key, "Confirmed", TRANSACTIONAL);
        PostalWorld.comesBack(Reports.delivery(first.envelopeFrom(), "delayed", "4.4.1", "450 for " + address(bob)));
        await("it is known", () -> !sales.bounce(key, "Confirmed").isMissingNode());

        sales.erases("bottega", bob);
        PostalWorld.comesBack(Reports.delivery(first.envelopeFrom(), "failed", "5.1.1", "550 for " + address(bob)));
        await(
                "it is known",
                () -> sales.bounce(key, "Confirmed").path("kind").asText().equals("hard"));

        assertThat(count("select count(*) from bounce where told <> '' and notification_id = "
                        + sales.notification(key, "Confirmed").id()))
                .isZero();
    }

    /** A letter was sent, and this report came back for it. */
    private JourneyKey bounced(String action, String status, String diagnostic) {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        PostalWorld.comesBack(Reports.delivery(letter.envelopeFrom(), action, status, diagnostic));
        await("it is known", () -> !sales.bounce(key, "Confirmed").isMissingNode());
        return key;
    }

    private boolean stillWrites(JourneyKey key) {
        sales.plans(key, "Next", TRANSACTIONAL);
        return sales.settled(key, "Next").state() == State.SENT;
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
