package io.porchlight.replies;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static io.porchlight.ledger.Notification.State.FAILED;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.ledger.Notification.State.UNKNOWN;
import static io.porchlight.replies.Conversation.someone;
import static io.porchlight.replies.Gateways.TEXTS;
import static io.porchlight.texts.TextProvider.hangsUp;
import static io.porchlight.texts.TextProvider.refuses;
import static io.porchlight.texts.TextProvider.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.EarlierTry;
import io.porchlight.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way of a text, from the plan to the provider's answer. */
@WithTexts
class TextsTest {

    private final Conversation texts;
    private final Ledger ledger;
    private final JdbcClient jdbc;

    TextsTest(Conversation texts, Ledger ledger, JdbcClient jdbc) {
        this.texts = texts;
        this.ledger = ledger;
        this.jdbc = jdbc;
    }

    @Test
    void aTextSaysWhoWritesWhatHappenedAndWhereToLook() {
        var bob = someone();
        var key = texts.sells(bob);
        texts.plans(key, "Shipped");

        var sent = texts.settled(key, "Shipped");

        assertThat(sent.state()).isEqualTo(SENT);
        assertThat(sent.reply()).matches("Twilio took it as SM\\d+, 1 segment");
        var text = TEXTS.taken(bob.number()).getFirst();
        assertThat(text.path()).isEqualTo("/2010-04-01/Accounts/AC123/Messages.json");
        assertThat(text.headers()).containsEntry("authorization", "Basic QUMxMjM6dG9rZW4tb2YtdG9kYXk=");
        assertThat(text.field("From")).isEqualTo("+15005550006");
        assertThat(text.field("To")).isEqualTo(bob.number());
        assertThat(text.field("Body"))
                .isEqualTo("Bottega: Your order " + key.orderId() + " is on its way to you. Follow it: "
                        + texts.tracking(key) + " Reply STOP to end.");
        assertThat(text.field("StatusCallback"))
                .startsWith("https://shoes.example/webhooks/texts/twilio?text=" + sent.id() + "-");
        assertThat(sent.subject()).as("without the customer's link").contains("Follow it: …");
    }

    @Test
    void aTextSpeaksTheCustomersLanguage() {
        var bob = someone();
        var key = texts.sells("bottega", bob.name(), bob.number(), true, "it-IT");
        texts.plans(key, "Shipped");
        texts.settled(key, "Shipped");

        assertThat(TEXTS.taken(bob.number()).getFirst().field("Body"))
                .contains("è in viaggio verso di te", "Rispondi STOP");
    }

    @Test
    void aTextWhoseAnswerNeverCameIsUnknownAndGoesOnceMore() {
        var bob = someone();
        var key = texts.sells(bob);
        TEXTS.next(bob.number(), hangsUp());
        TEXTS.next(bob.number(), hangsUp());
        texts.plans(key, "Shipped");

        var unknown = texts.settled(key, "Shipped");
        assertThat(unknown.state()).isEqualTo(UNKNOWN);
        assertThat(unknown.reason()).startsWith("the provider had the text and did not answer");
        bringsForward(unknown.id());
        Conversation.await(
                "it goes once more", () -> TEXTS.arrived(bob.number()).size() == 2);
        Conversation.await(
                "both tries are visible", () -> ledger.tries(unknown.id()).size() == 2);

        assertThat(texts.settled(key, "Shipped").state()).isEqualTo(UNKNOWN);
        assertThat(ledger.tries(unknown.id())).extracting(EarlierTry::outcome).containsExactly("unknown", "unknown");
        assertThat(againAt(unknown.id())).as("never a third time").isFalse();
    }

    @Test
    void marketingWhoseAnswerNeverCameIsNotSentAgain() {
        var bob = someone();
        var key = texts.sells(bob);
        TEXTS.next(bob.number(), hangsUp());
        texts.plans(key, "Offer", MARKETING, "standard/shipped");

        assertThat(texts.settled(key, "Offer").state()).isEqualTo(UNKNOWN);
        assertThat(againAt(texts.settled(key, "Offer").id())).isFalse();
    }

    @Test
    void aProviderThatIsBusyIsAskedAgain() {
        var bob = someone();
        var key = texts.sells(bob);
        TEXTS.next(bob.number(), says(429, ""));
        TEXTS.next(bob.number(), says(503, "busy"));
        texts.plans(key, "Shipped");

        var sent = texts.settled(key, "Shipped");

        assertThat(sent.state()).isEqualTo(SENT);
        assertThat(ledger.tries(sent.id())).extracting(EarlierTry::outcome).containsExactly("put off", "put off");
        assertThat(TEXTS.taken(bob.number())).hasSize(1);
    }

    @Test
    void aNumberThatDoesNotExistFailsWithWords() {
        var bob = someone();
        var key = texts.sells(bob);
        TEXTS.next(bob.number(), refuses(400, 21211));
        texts.plans(key, "Shipped");

        assertThat(texts.settled(key, "Shipped").state()).isEqualTo(FAILED);
        assertThat(texts.settled(key, "Shipped").reason())
                .isEqualTo("the provider refused it: the number does not exist (21211)");
    }

    @Test
    void whoUnsubscribedAtTheProviderGetsNoMore() {
        var bob = someone();
        var key = texts.sells(bob);
        TEXTS.next(bob.number(), refuses(400, 21610));
        texts.plans(key, "Shipped");
        assertThat(texts.settled(key, "Shipped").reason())
                .isEqualTo("the provider refused it: its owner has unsubscribed from our texts (21610)");

        texts.plans(key, "Delivered");

        assertThat(texts.settled(key, "Delivered").state()).isEqualTo(SKIPPED);
        assertThat(texts.settled(key, "Delivered").reason()).startsWith("no consent: the customer answered STOP");
        assertThat(TEXTS.arrived(bob.number())).hasSize(1);
    }

    @Test
    void aTextThatWouldCostTooMuchFailsWithWords() {
        var bob = someone();
        var key = texts.sells("bottega", "я".repeat(150), bob.name(), bob.number(), true, "en");
        texts.plans(key, "Shipped");

        assertThat(texts.settled(key, "Shipped").state()).isEqualTo(FAILED);
        assertThat(texts.settled(key, "Shipped").reason())
                .isEqualTo("the text is too long: it would take 5 messages of 67 characters, because it holds a character"
                        + " that telephones do not have, and at most 3 are allowed (porchlight.texts.most-segments)");
        assertThat(TEXTS.arrived(bob.number())).isEmpty();
    }

    @Test
    void whoNeverAgreedOrHasNoMobileGetsNoText() {
        var bob = someone();
        assertThat(reason(texts.sells("bottega", bob, false)))
                .isEqualTo("no consent: the customer has not agreed to text messages");
        assertThat(reason(texts.sells("bottega", someone().name(), "+390612345678", true, "it")))
                .isEqualTo("unreachable: the order came with the number of a landline");
        assertThat(reason(texts.sells("bottega", someone().name(), "555-555-SHIP", true, "en-US")))
                .isEqualTo("unreachable: the order came with a phone number that does not exist");
    }

    private String reason(io.porchlight.orders.JourneyKey key) {
        texts.plans(key, "Shipped", TRANSACTIONAL, "standard/shipped");
        return String.valueOf(texts.settled(key, "Shipped").reason());
    }

    private void bringsForward(long id) {
        assertThat(jdbc.sql("update notification set again_at = planned_at where id = :id and again_at is not null")
                        .param("id", id)
                        .update())
                .isEqualTo(1);
    }

    private boolean againAt(long id) {
        return jdbc.sql("select again_at from notification where id = :id and again_at is not null")
                        .param("id", id)
                        .query()
                        .listOfRows()
                        .size()
                > 0;
    }
}
