package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Where one letter goes, and what makes it the same letter on every try.
 *
 * @param returnPath the envelope sender: this letter's own, by which it is known when it comes back
 * @param messageId drawn from the ledger's row, so a second try can be known as the same letter
 * @param date of the first try
 * @param headers further headers
 * @param signer signs it in the brand's name; absent when the brand has no key
 */
record Envelope(
        InternetAddress to,
        InternetAddress from,
        InternetAddress replyTo,
        String returnPath,
        String messageId,
        Instant date,
        Map<String, String> headers,
        @Nullable DkimSigner signer) {

    private static final String QUOTED_PRINTABLE = "quoted-printable";

    /** Makes the message: text first, both equal in meaning. */
    SMTPMessage seal(Session session, Letter letter) throws MessagingException {
        var message = new SMTPMessage(session);
        message.setFrom(from);
        message.setReplyTo(new InternetAddress[] {replyTo});
        message.setRecipient(RecipientType.TO, to);
        message.setSubject(letter.subject(), UTF_8.name());
        message.setSentDate(Date.from(date));
        message.setHeader("Auto-Submitted", "auto-generated");
        for (var header : headers.entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        message.setContent(new MimeMultipart("alternative", part("plain", letter.text()), part("html", letter.html())));
        message.saveChanges();
        message.setHeader("Message-ID", messageId);
        var sealed = signer == null ? message : new DkimMessage(message, signer);
        sealed.setEnvelopeFrom(returnPath);
        return sealed;
    }

    /** Whether only a server that speaks SMTPUTF8 (RFC 6531) can take it. */
    boolean needsUtf8() {
        return !US_ASCII.newEncoder().canEncode(to.getAddress());
    }

    /** Encoded at once and in full: byte by byte through the connection's own streams it takes several times as long. */
    private static MimeBodyPart part(String subtype, String content) throws MessagingException {
        var headers = new InternetHeaders();
        headers.setHeader("Content-Type", "text/" + subtype + "; charset=UTF-8");
        headers.setHeader("Content-Transfer-Encoding", QUOTED_PRINTABLE);
        byte[] plain = content.getBytes(UTF_8);
        var encoded = new FastByteArrayOutputStream(plain.length * 5 / 4);
        try (var encoder = MimeUtility.encode(encoded, QUOTED_PRINTABLE)) {
            encoder.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new MimeBodyPart(headers, encoded.toByteArrayUnsafe());
    }
}
