package io.porchlight.replies;

import static io.porchlight.ledger.Notification.State.FAILED;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.replies.Conversation.someone;
import static io.porchlight.replies.Gateways.TEXTS;
import static io.porchlight.replies.Gateways.letters;
import static io.porchlight.texts.TextProvider.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.orders.JourneyKey;
import io.porchlight.replies.Conversation.Someone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** News goes out on the channel that its reader wishes for, and on another rather than not at all. */
@WithTexts
class ChannelChoiceTest {

    private final Conversation texts;

    ChannelChoiceTest(Conversation texts) {
        this.texts = texts;
    }

    /** What the model asks for, whether the shop says that texts are welcome, what the customer chose; then what comes. */
    @ParameterizedTest
    @CsvSource({
        "Preferred, true,  ,      1, 0",
        "Preferred, false, ,      1, 0",
        "Preferred, true,  EMAIL, 1, 0",
        "Preferred, true,  SMS,   0, 1",
        "Preferred, false, SMS,   0, 1",
        "Preferred, true,  BOTH,  1, 1",
        "Both,      true,  ,      1, 1",
        "Both,      false, ,      1, 0",
        "Both,      true,  EMAIL, 1, 0",
        "Both,      true,  SMS,   0, 1",
        "Both,      false, BOTH,  1, 1",
    })
    void theCustomersChoiceIsHonoured(String step, boolean agreed, String choice, int letters, int messages) {
        var bob = someone();
        var key = texts.sells("bottega", bob, agreed);
        if (choice != null) {
            texts.prefers(key, choice);
        }

        texts.plans(key, step);

        assertThat(texts.settled(key, step, "email").state()).isEqualTo(letters == 1 ? SENT : SKIPPED);
        assertThat(texts.settled(key, step, "sms").state()).isEqualTo(messages == 1 ? SENT : SKIPPED);
        assertThat(letters(bob.name())).isEqualTo(letters);
        assertThat(TEXTS.taken(bob.number())).hasSize(messages);
    }

    @Test
    void theChoiceOfTheMomentCounts() {
        var bob = someone();
        var key = texts.sells(bob);
        texts.prefers(key, "SMS");
        texts.prefers(key, "EMAIL");

        texts.plans(key, "Preferred");

        assertThat(texts.settled(key, "Preferred").reason()).isEqualTo("no consent: the customer asked for email");
        assertThat(texts.settled(key, "Preferred", "email").state()).isEqualTo(SENT);
        assertThat(letters(bob.name())).isEqualTo(1);
    }

    @Test
    void theLedgerSaysWhyTheOtherStayed() {
        var key = preferring("SMS", someone());
        texts.plans(key, "Preferred");

        assertThat(texts.settled(key, "Preferred", "email").reason())
                .isEqualTo("not wanted: the same news went out as a text");
    }

    @Test
    void anEmailTakesThePlaceOfATextThatCannotGo() {
        var bob = someone();
        var key = preferring("SMS", bob);
        TEXTS.next(bob.number(), refuses(400, 21211));

        texts.plans(key, "Preferred");

        assertThat(texts.settled(key, "Preferred", "email").state()).isEqualTo(SENT);
        assertThat(texts.settled(key, "Preferred", "sms").state()).isEqualTo(FAILED);
        assertThat(letters(bob.name())).isEqualTo(1);
    }

    @Test
    void anEmailTakesThePlaceOfATextForWhichThereIsNoNumber() {
        var bob = new Someone(someone().name(), "+390612345678");
        var key = preferring("SMS", bob);

        texts.plans(key, "Preferred");

        assertThat(texts.settled(key, "Preferred", "email").state()).isEqualTo(SENT);
        assertThat(texts.settled(key, "Preferred", "sms").reason()).contains("landline");
    }

    private JourneyKey preferring(String channel, Someone bob) {
        var key = texts.sells(bob);
        texts.prefers(key, channel);
        return key;
    }
}
