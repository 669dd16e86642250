package io.porchlight.bounces;

import io.porchlight.bounces.ReportReader.Trace;
import io.porchlight.ledger.Bounce.Kind;
import jakarta.mail.internet.InternetHeaders;
import java.util.Locale;
import java.util.Optional;

/** Reads that a customer called a letter spam (RFC 5965); who it was is redacted, so the letter itself must tell. */
final class Complaint {

    private static final int LONGEST_TYPE = 50;

    private Complaint() {}

    static Optional<Report> read(InternetHeaders feedback, Trace trace) {
        var types = ReportReader.values(feedback, "Feedback-Type");
        String type = types.isEmpty() ? "" : types.getFirst().strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty() || type.equals("not-spam")) {
            return Optional.empty();
        }
        return Optional.of(new Report(
                trace.id(),
                Kind.COMPLAINT,
                null,
                "feedback: " + type.substring(0, Math.min(type.length(), LONGEST_TYPE)),
                ReportReader.joined(trace.envelopes(), ReportReader.values(feedback, "Original-Mail-From")),
                ReportReader.joined(trace.quoted(), ReportReader.values(feedback, "Message-ID")),
                trace.at()));
    }
}
