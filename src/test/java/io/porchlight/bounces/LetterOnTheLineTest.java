package io.porchlight.bounces;

import static io.porchlight.bounces.PostalWorld.HOST;
import static io.porchlight.bounces.Sales.address;
import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.bounces.MailHost.Arrived;
import io.porchlight.ledger.Notification.State;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A letter, byte for byte as it leaves. */
@WithReturns
class LetterOnTheLineTest {

    private final Sales sales;

    LetterOnTheLineTest(Sales sales) {
        this.sales = sales;
    }

    @AfterEach
    void asBefore() throws IOException {
        HOST.offersUtf8(true);
    }

    @Test
    void carriesTheHeadersOfAnHonestLetter() throws Exception {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        var message = parsed(letter);
        var content = (MimeMultipart) message.getContent();

        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(content.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(content.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(letter.header("Message-ID")).matches("<porchlight\\.[0-9a-f]{48}@bottega\\.example>");
        assertThat(letter.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(letter.header("Reply-To")).contains("care@bottega.example");
        assertThat(letter.header("From")).isEqualTo("Bottega <orders@bottega.example>");
        assertThat(letter.header("X-PM-Metadata-porchlight")).isEqualTo(letter.header("Message-ID"));
        assertThat(letter.header("List-Unsubscribe")).isEmpty();
        assertThat(letter.header("List-Unsubscribe-Post")).isEmpty();
        var tried = sales.notification(key, "Confirmed").firstTryAt();
        assertThat(message.getSentDate().toInstant()).isBetween(tried.minusSeconds(2), tried.plusSeconds(1));
        assertThat(letter.text()).doesNotContain("\r\r").doesNotContainPattern("(?<!\r)\n");
    }

    @Test
    void tellsStrangersNothingAndDiffersFromEveryOtherLetter() {
        var bob = someone();
        var key = sales.sells(bob);
        var first = sales.sends(key, "Confirmed", TRANSACTIONAL);
        var second = sales.sends(key, "Shipped", TRANSACTIONAL);

        assertThat(first.envelopeFrom()).doesNotContain(bob).isNotEqualTo(second.envelopeFrom());
        assertThat(first.header("Message-ID")).isNotEqualTo(second.header("Message-ID"));
        String token = first.envelopeFrom().replaceAll(".*\\+|@.*", "");
        assertThat(first.text()).doesNotContain(token);
        assertThat(first.envelopeFrom().indexOf('@')).isLessThanOrEqualTo(64);
    }

    @Test
    void offersOneClickUnsubscribingInMarketingOnly() {
        var letter = sales.sends(sales.sells(someone()), "Offer", MARKETING);

        assertThat(letter.header("List-Unsubscribe")).matches("<https://shoes\\.example/u/[^<> ]+>");
        assertThat(letter.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    }

    @Test
    void writesADomainInAnyScriptAsTheMailSystemKnowsIt() {
        var bob = someone();
        var key = sales.sells("bottega", bob, bob + "@bücher.example");
        sales.plans(key, "Confirmed", TRANSACTIONAL);
        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.SENT);

        var letter = HOST.letters(bob + "@xn--bcher-kva.example").getFirst();
        assertThat(letter.header("To")).contains(bob + "@xn--bcher-kva.example");
        assertThat(letter.mailCommand()).doesNotContain("SMTPUTF8");
    }

    @Test
    void usesSmtpUtf8OnlyForAnAddressThatNeedsIt() {
        String bob = someone() + "-jörg";
        var key = sales.sells("bottega", bob, bob + "@bücher.example");
        sales.plans(key, "Confirmed", TRANSACTIONAL);
        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.SENT);

        var letter = HOST.letters(bob + "@xn--bcher-kva.example").getFirst();
        assertThat(letter.mailCommand()).contains("SMTPUTF8");
        assertThat(letter.header("To")).contains(bob + "@xn--bcher-kva.example");
    }

    @Test
    void failsCleanlyWhereTheServerDoesNotKnowSuchAddresses() throws IOException {
        String bob = someone() + "-jörg";
        HOST.offersUtf8(false);
        var key = sales.sells("bottega", bob, bob + "@example.com");
        sales.plans(key, "Confirmed", TRANSACTIONAL);

        assertThat(sales.settled(key, "Confirmed").state()).isEqualTo(State.FAILED);
        assertThat(sales.notification(key, "Confirmed").reason()).contains("SMTPUTF8");
        assertThat(sales.bounce(key, "Confirmed").isMissingNode()).isTrue();
        sales.sends(sales.sells(someone()), "Confirmed", TRANSACTIONAL);
    }

    @Test
    void staysBelowTheSizeThatGmailClips() throws Exception {
        var bob = someone();
        var key = sales.sellsMuch(bob, address(bob), 200, "鞋".repeat(500));
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        var html = ((MimeMultipart) parsed(letter).getContent()).getBodyPart(1);

        assertThat(html.getSize()).as("as sent").isLessThan(90_000);
        String page = new String(html.getInputStream().readAllBytes(), UTF_8);
        assertThat(page.getBytes(UTF_8)).hasSizeLessThan(90_000);
        assertThat(Jsoup.parse(page).text()).contains("and 188 more");
    }

    private static MimeMessage parsed(Arrived letter) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(letter.content()));
    }
}
