package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads reports about letters, as mail servers send them: delivery reports (RFC 3464) and complaints (RFC 5965). Everybody
 * can send us such mail, so it is bounded in size, depth and number of parts, and what cannot be read is no report.
 */
@Component
class ReportReader {

    static final int MOST_BYTES = 5 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ReportReader.class);
    private static final int DEEPEST = 5;
    private static final int MOST_PARTS = 50;
    private static final int MOST_DASHES = 2_000;
    private static final List<String> ADDRESSED = List.of(
            "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-RCPT-To", "Return-Path");
    private static final Session SESSION = Session.getInstance(new Properties());

    /** The parts of a report, wherever they lie in a mail. */
    private static final class Parts {
        @Nullable
        BodyPart deliveryStatus;

        @Nullable
        BodyPart feedback;

        @Nullable
        BodyPart letter;

        int seen;
    }

    /** The report in a mail; empty when it is none, or says nothing that matters. */
    Optional<Report> read(byte[] raw) {
        if (raw.length > MOST_BYTES || dashes(raw) > MOST_DASHES) {
            return Optional.empty();
        }
        try {
            return read(new MimeMessage(SESSION, new ByteArrayInputStream(raw)), raw);
        } catch (MessagingException | IOException | RuntimeException rubbish) {
            log.debug("A mail in the bounce mailbox cannot be read", rubbish);
            return Optional.empty();
        }
    }

    private static Optional<Report> read(MimeMessage mail, byte[] raw) throws MessagingException, IOException {
        var parts = new Parts();
        collect(mail, parts, 0);
        var letter = parts.letter == null ? new InternetHeaders() : new InternetHeaders(parts.letter.getInputStream());
        var trace = new Trace(id(mail, raw), envelopes(mail, letter), values(letter, "Message-ID"), sent(mail));
        if (parts.deliveryStatus != null) {
            return DeliveryReport.read(parts.deliveryStatus.getInputStream(), trace);
        }
        return parts.feedback == null
                ? Optional.empty()
                : Complaint.read(new InternetHeaders(parts.feedback.getInputStream()), trace);
    }

    /** Lines that may begin a part: the time to take a mail apart grows with their square. */
    private static int dashes(byte[] raw) {
        int found = 0;
        for (int i = 2; i < raw.length; i++) {
            if (raw[i] == '-' && raw[i - 1] == '-' && (raw[i - 2] == '\n' || raw[i - 2] == '\r')) {
                found++;
            }
        }
        return found;
    }

    /** By which a report names the letter it is about, and is known itself. */
    record Trace(
            String id,
            List<String> envelopes,
            List<String> quoted,
            @Nullable Instant at) {}

    private static void collect(Part part, Parts parts, int depth) throws MessagingException, IOException {
        if (depth > DEEPEST || !new ContentType(part.getContentType()).match("multipart/*")) {
            return;
        }
        var multipart = new MimeMultipart(new ByteArrayDataSource(part.getInputStream(), part.getContentType()));
        for (int i = 0; i < multipart.getCount() && parts.seen < MOST_PARTS; i++) {
            parts.seen++;
            var child = multipart.getBodyPart(i);
            switch (type(child)) {
                case "message/delivery-status", "message/global-delivery-status" -> parts.deliveryStatus = child;
                case "message/feedback-report" -> parts.feedback = child;
                case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers" ->
                    parts.letter = child;
                default -> collect(child, parts, depth + 1);
            }
        }
    }

    private static String type(BodyPart part) throws MessagingException {
        return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
    }

    private static List<String> envelopes(MimeMessage mail, InternetHeaders letter) throws MessagingException {
        var all = new ArrayList<String>();
        for (var name : ADDRESSED) {
            String[] found = mail.getHeader(name);
            all.addAll(found == null ? List.of() : Arrays.asList(found));
        }
        all.addAll(values(letter, "Return-Path"));
        return all;
    }

    static List<String> values(InternetHeaders headers, String name) {
        String[] found = headers.getHeader(name);
        return found == null ? List.of() : List.of(found);
    }

    static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static @Nullable Instant sent(MimeMessage mail) throws MessagingException {
        var date = mail.getSentDate();
        return date == null ? null : date.toInstant();
    }

    /** A report that comes twice, say by two ways, has the same Message-ID; one without is known by all it says. */
    private static String id(MimeMessage mail, byte[] raw) throws MessagingException {
        String own = mail.getMessageID();
        return "mail:" + EventId.hash(own == null ? raw : own.getBytes(UTF_8));
    }
}
