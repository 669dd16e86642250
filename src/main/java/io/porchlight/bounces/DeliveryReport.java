package io.porchlight.bounces;

import io.porchlight.bounces.ReportReader.Trace;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.notifications.Diagnosis;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.dsn.DeliveryStatus;

/**
 * Reads what a mail server says about one letter (RFC 3464). A letter has one recipient, but that address may stand for
 * several mailboxes: where some of them took it, a failure of the others is soft.
 */
final class DeliveryReport {

    private static final int MOST_RECIPIENTS = 20;

    private DeliveryReport() {}

    static Optional<Report> read(InputStream status, Trace trace) throws MessagingException, IOException {
        var all = new DeliveryStatus(status);
        var reports = new ArrayList<Report>();
        boolean arrived = false;
        for (int i = 0; i < Math.min(all.getRecipientDSNCount(), MOST_RECIPIENTS); i++) {
            var recipient = all.getRecipientDSN(i);
            var diagnosis = Diagnosis.of(field(recipient, "Status"), field(recipient, "Diagnostic-Code"));
            switch (field(recipient, "Action").toLowerCase(Locale.ROOT)) {
                case "failed" -> reports.addFirst(report(diagnosis, trace));
                case "delayed" ->
                    reports.addLast(report(new Diagnosis(Kind.DELAYED, diagnosis.code(), diagnosis.text()), trace));
                case "delivered", "relayed", "expanded" -> arrived = true;
                default -> {}
            }
        }
        var first = reports.stream().findFirst();
        return arrived ? first.map(DeliveryReport::soft) : first;
    }

    private static Report soft(Report report) {
        return report.kind() == Kind.HARD
                ? new Report(
                        report.id(),
                        Kind.SOFT,
                        report.code(),
                        report.text(),
                        report.envelopes(),
                        report.quoted(),
                        report.at())
                : report;
    }

    private static Report report(Diagnosis diagnosis, Trace trace) {
        return new Report(
                trace.id(),
                diagnosis.kind(),
                diagnosis.code(),
                diagnosis.text(),
                trace.envelopes(),
                trace.quoted(),
                trace.at());
    }

    /** A field's value without comments and line breaks; a report that repeats a field means the first. */
    private static String field(InternetHeaders group, String name) {
        var values = ReportReader.values(group, name);
        if (values.isEmpty()) {
            return "";
        }
        String line = MimeUtility.unfold(values.getFirst()).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return (name.equals("Diagnostic-Code") ? line : line.replaceAll("\\([^)]*\\)", "")).strip();
    }
}
