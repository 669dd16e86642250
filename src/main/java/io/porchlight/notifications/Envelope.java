package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.brands.Brand;
import io.porchlight.ledger.Notification;
import io.porchlight.orders.Plain;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;

/**
 * Where one letter goes, and what makes it the same letter on every try.
 *
 * @param messageId drawn from the ledger's row, so a second try can be known as the same letter
 * @param date of the first try
 */
record Envelope(InternetAddress to, InternetAddress from, InternetAddress replyTo, String messageId, Instant date) {

    /** @throws AddressException when the customer's address cannot be written to */
    static Envelope of(Facts facts) throws AddressException {
        Brand brand = facts.brand();
        var customer = facts.order().customer();
        var to = new InternetAddress(String.valueOf(customer.email()), true);
        var from = new InternetAddress(brand.sender(), true);
        if (customer.name() != null) {
            name(to, customer.name());
        }
        return new Envelope(
                to,
                from,
                new InternetAddress(brand.replyTo(), true),
                messageId(facts.notification(), from),
                date(facts));
    }

    /** Makes the message: text first, both equal in meaning. */
    MimeMessage seal(Session session, Letter letter) throws MessagingException {
        var message = new MimeMessage(session);
        message.setFrom(from);
        message.setReplyTo(new InternetAddress[] {replyTo});
        message.setRecipient(RecipientType.TO, to);
        message.setSubject(letter.subject(), UTF_8.name());
        message.setSentDate(Date.from(date));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(new MimeMultipart("alternative", text(letter), html(letter)));
        message.saveChanges();
        message.setHeader("Message-ID", messageId);
        return message;
    }

    private static MimeBodyPart text(Letter letter) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(letter.text(), UTF_8.name());
        return part;
    }

    private static MimeBodyPart html(Letter letter) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(letter.html(), UTF_8.name(), "html");
        return part;
    }

    private static void name(InternetAddress address, String name) {
        try {
            address.setPersonal(Plain.text(name), UTF_8.name());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String messageId(Notification notification, InternetAddress from) {
        String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        String moment = Long.toString(notification.plannedAt().toEpochMilli(), 36);
        return "<porchlight." + notification.id() + "." + moment + "@" + domain + ">";
    }

    private static Instant date(Facts facts) {
        var first = facts.notification().firstTryAt();
        return first == null ? facts.now() : first;
    }
}
