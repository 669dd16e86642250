package io.porchlight.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A letter that arrived in the mailbox, as its recipient would see it. */
record Letter(long id, Instant receivedAt, String from, String to, String subject, MimeMessage message) {

    /** Deeper than any letter; a hostile one may nest without end. */
    private static final int DEEPEST = 20;

    /** Reads the headers; a letter without {@code To} is for the recipient of its envelope. */
    static Letter of(long id, Instant receivedAt, MimeMessage message, String recipient) throws MessagingException {
        return new Letter(
                id,
                receivedAt,
                header(message, "From").orElse(""),
                header(message, "To").orElse(recipient),
                header(message, "Subject").orElse(""),
                message);
    }

    private static Optional<String> header(MimeMessage message, String name) throws MessagingException {
        return Optional.ofNullable(message.getHeader(name, ", "))
                .map(MimeUtility::unfold)
                .map(Letter::decoded)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    Optional<String> html() {
        return body("text/html");
    }

    Optional<String> text() {
        return body("text/plain");
    }

    /** The letter as it came over the wire. */
    String source() {
        try {
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException | MessagingException e) {
            return "This letter cannot be read: " + e.getMessage();
        }
    }

    boolean mentions(String words) {
        var where = (to + "\n" + subject).toLowerCase(Locale.ROOT);
        return where.contains(words.strip().toLowerCase(Locale.ROOT));
    }

    private Optional<String> body(String type) {
        try {
            return find(message, type, 0);
        } catch (IOException | MessagingException e) {
            return Optional.of("This letter cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> find(Part part, String type, int depth) throws IOException, MessagingException {
        if (depth > DEEPEST || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return Optional.empty();
        }
        if (part.isMimeType(type)) {
            return Optional.of(content(part));
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = find(parts.getBodyPart(i), type, depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String content(Part part) throws IOException, MessagingException {
        try {
            if (part.getContent() instanceof String text) {
                return text;
            }
        } catch (UnsupportedEncodingException unknownCharset) {
            // Shown as well as it can be, below.
        }
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
