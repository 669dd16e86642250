package io.porchlight.bounces;

import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.ledger.Notification;
import io.porchlight.notifications.ReturnPath;
import io.porchlight.notifications.Returns;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Takes mail from the bounce mailbox. A delivery report counts only when it was sent to the envelope sender of one of our
 * letters, which nobody can make up; a complaint also when it quotes one of our Message-IDs.
 */
@Component
class ReturnedMail {

    private final ReportReader reader;
    private final ReturnPath returnPath;
    private final Returns returns;
    private final Clock clock;

    ReturnedMail(ReportReader reader, ReturnPath returnPath, Returns returns, Clock clock) {
        this.reader = reader;
        this.returnPath = returnPath;
        this.returns = returns;
        this.clock = clock;
    }

    /** Does what follows from a mail; {@code false} when it is no report about one of our letters. */
    boolean take(byte[] raw) {
        var report = reader.read(raw);
        var notification = report.flatMap(this::letter);
        notification.ifPresent(known -> returns.take(known, bounce(report.orElseThrow())));
        return notification.isPresent();
    }

    private Optional<Notification> letter(Report report) {
        var ours = first(report.envelopes(), returnPath::byEnvelope);
        return ours.isEmpty() && report.kind() == Kind.COMPLAINT
                ? first(report.quoted(), returnPath::byMessageId)
                : ours;
    }

    private static Optional<Notification> first(List<String> texts, Function<String, Optional<Notification>> find) {
        return texts.stream().flatMap(text -> find.apply(text).stream()).findFirst();
    }

    private Bounce bounce(Report report) {
        var at = report.at() == null ? clock.instant() : report.at();
        return new Bounce(report.kind(), report.id(), report.code(), report.text(), at);
    }
}
