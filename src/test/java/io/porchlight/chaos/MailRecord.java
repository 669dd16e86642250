package io.porchlight.chaos;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the world outside saw, in the order in which it saw it: it is all that the checker believes besides the database. */
final class MailRecord {

    /** What can be seen. */
    enum Kind {
        /** A whole letter is here; whether anybody learns of it is another matter. */
        DOT,
        /** "250" is written, whether or not anybody reads it. */
        ACCEPTED,
        /** The letter was refused after its dot. */
        REFUSED,
        /** The customer was told that marketing has stopped. */
        STOPPED
    }

    /**
     * One line of the record.
     *
     * @param letter the number of the DATA that it belongs to; 0 for none
     */
    record Line(Kind kind, int letter, Instant at, String sender, String recipient, String messageId, String subject) {}

    /** A letter that came with its final dot, and what the server said. */
    record Handed(Line dot, @Nullable Line accepted, boolean refused) {

        /** The server has it, or nobody can say that it has not. */
        boolean mayHaveArrived() {
            return !refused;
        }
    }

    private final Clock clock;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger letters = new AtomicInteger();

    MailRecord(Clock clock) {
        this.clock = clock;
    }

    /** A whole letter is here. */
    synchronized Line dot(String sender, String recipient, String messageId, String subject) {
        var dot = new Line(Kind.DOT, letters.incrementAndGet(), clock.instant(), sender, recipient, messageId, subject);
        lines.add(dot);
        return dot;
    }

    void accepted(Line dot) {
        follow(dot, Kind.ACCEPTED);
    }

    void refused(Line dot) {
        follow(dot, Kind.REFUSED);
    }

    private synchronized void follow(Line dot, Kind kind) {
        lines.add(new Line(
                kind, dot.letter(), clock.instant(), dot.sender(), dot.recipient(), dot.messageId(), dot.subject()));
    }

    /** A customer has our word that no marketing comes any more. */
    synchronized void stopped(String recipient) {
        lines.add(new Line(Kind.STOPPED, 0, clock.instant(), "", recipient, "", ""));
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Every letter whose dot came, in that order. */
    List<Handed> handed() {
        var all = lines();
        var accepted = first(all, Kind.ACCEPTED);
        var refused = first(all, Kind.REFUSED);
        return all.stream()
                .filter(line -> line.kind() == Kind.DOT)
                .map(dot -> new Handed(dot, accepted.get(dot.letter()), refused.containsKey(dot.letter())))
                .toList();
    }

    /** What may have arrived at an address. */
    List<Handed> handedTo(String recipient) {
        return handed().stream()
                .filter(handed -> handed.dot().recipient().equals(recipient) && handed.mayHaveArrived())
                .toList();
    }

    private static Map<Integer, Line> first(List<Line> all, Kind kind) {
        return all.stream()
                .filter(line -> line.kind() == kind)
                .collect(Collectors.toMap(Line::letter, line -> line, (first, again) -> first));
    }
}
