package io.porchlight.chaos;

import static java.util.stream.Collectors.groupingBy;

import io.porchlight.chaos.MailRecord.Handed;
import io.porchlight.chaos.MailRecord.Kind;
import io.porchlight.chaos.MailRecord.Line;
import io.porchlight.chaos.Rows.Row;
import io.porchlight.chaos.Rows.Stop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What must hold whatever breaks, checked against nothing but what the mail server saw and what the database holds: no code
 * of the application is asked.
 */
final class Invariants {

    /** What can be wrong. */
    enum Rule {
        /** A letter may have arrived more often than once and once more for each try that the ledger calls unknown. */
        ONCE,
        /** One key has two rows. */
        ONE_ROW_PER_KEY,
        /** Marketing after the customer stopped it. */
        NOTHING_AFTER_STOP,
        /** Marketing in the customer's night. */
        NOT_AT_NIGHT,
        /** Older news after newer news about the same parcel. */
        RANKS_NEVER_FALL,
        /** A letter is being handed over by nobody. */
        NOTHING_STUCK,
        /** The ledger says "sent", and the mail server never accepted it. */
        SENT_MEANS_ACCEPTED,
        /** The mail server accepted it, and the ledger does not know. */
        ACCEPTED_MEANS_KNOWN,
        /** A letter that no row asked for, or that went to somebody else. */
        ONLY_WHAT_WAS_ASKED
    }

    /** One rule that does not hold, and the evidence. */
    record Violation(Rule rule, String evidence) {}

    /** After a "stop" was written down, its answer waits so long for a letter that nobody can stop. */
    static final Duration LAST_LETTER = Duration.ofSeconds(5);

    private static final LocalTime NIGHT_BEGINS = LocalTime.of(21, 0);
    private static final LocalTime NIGHT_ENDS = LocalTime.of(8, 0);

    private final MailRecord record;
    private final Rows rows;
    private final List<Violation> violations = new ArrayList<>();

    private Invariants(MailRecord record, Rows rows) {
        this.record = record;
        this.rows = rows;
    }

    /** Everything that is wrong now. */
    static List<Violation> violated(MailRecord record, JdbcClient jdbc, Instant now) {
        return violated(record, Rows.read(jdbc), now);
    }

    static List<Violation> violated(MailRecord record, Rows rows, Instant now) {
        return new Invariants(record, rows).check(now);
    }

    private List<Violation> check(Instant now) {
        var letters = record.handed();
        oneRowPerKey();
        nothingStuck(now);
        onlyWhatWasAsked(letters);
        once(letters);
        sentMeansAccepted(letters);
        acceptedMeansKnown(letters);
        nothingAfterStop(letters);
        notAtNight(letters);
        ranksNeverFall(letters);
        return List.copyOf(violations);
    }

    private void oneRowPerKey() {
        rows.all().stream()
                .collect(groupingBy(Row::key))
                .forEach((key, same) -> require(same.size() == 1, Rule.ONE_ROW_PER_KEY, key + " has " + same));
    }

    private void nothingStuck(Instant now) {
        for (var row : rows.all()) {
            boolean stuck = row.state().equals("ATTEMPTING")
                    && (row.leaseUntil() == null || row.leaseUntil().isBefore(now));
            require(!stuck, Rule.NOTHING_STUCK, row + " at " + now);
        }
    }

    private void onlyWhatWasAsked(List<Handed> letters) {
        for (var letter : letters) {
            var row = rows.of(letter.dot().messageId());
            require(
                    row != null
                            && (row.recipient() == null
                                    || row.recipient()
                                            .equalsIgnoreCase(letter.dot().recipient())),
                    Rule.ONLY_WHAT_WAS_ASKED,
                    letter.dot() + " for " + row);
        }
    }

    private void once(List<Handed> letters) {
        byRow(letters).forEach((row, handed) -> {
            long arrived = handed.stream().filter(Handed::mayHaveArrived).count();
            require(
                    arrived <= 1 + rows.unknownTries(row),
                    Rule.ONCE,
                    arrived + " times, " + rows.unknownTries(row) + " tries are called unknown: " + row);
        });
    }

    private void sentMeansAccepted(List<Handed> letters) {
        var accepted = accepted(letters).map(Row::id).collect(Collectors.toSet());
        for (var row : rows.all()) {
            if (row.state().equals("SENT") && row.channel().equals("email")) {
                require(accepted.contains(row.id()), Rule.SENT_MEANS_ACCEPTED, row.toString());
            }
        }
    }

    private void acceptedMeansKnown(List<Handed> letters) {
        accepted(letters).distinct().forEach(row -> {
            boolean underWay = row.state().equals("ATTEMPTING");
            boolean known = row.state().equals("SENT") || row.state().equals("UNKNOWN") || rows.unknownTries(row) > 0;
            require(known || underWay, Rule.ACCEPTED_MEANS_KNOWN, row.toString());
        });
    }

    private java.util.stream.Stream<Row> accepted(List<Handed> letters) {
        return letters.stream()
                .filter(letter -> letter.accepted() != null)
                .map(letter -> rows.of(letter.dot().messageId()))
                .filter(java.util.Objects::nonNull);
    }

    private void nothingAfterStop(List<Handed> letters) {
        var told = new HashMap<String, Line>();
        for (var line : record.lines()) {
            if (line.kind() == Kind.STOPPED) {
                told.putIfAbsent(line.recipient(), line);
            } else if (line.kind() != Kind.REFUSED && isMarketing(line)) {
                require(!told.containsKey(line.recipient()), Rule.NOTHING_AFTER_STOP, line + " after we gave our word");
            }
        }
        for (var letter : letters) {
            var row = rows.of(letter.dot().messageId());
            if (row != null && row.marketing()) {
                for (var stop : rows.stops(row)) {
                    require(!forbids(stop, letter), Rule.NOTHING_AFTER_STOP, letter.dot() + " after " + stop);
                }
            }
        }
    }

    private boolean isMarketing(Line line) {
        var row = rows.of(line.messageId());
        return row != null && row.marketing();
    }

    private static boolean forbids(Stop stop, Handed letter) {
        var dot = letter.dot().at();
        return dot.isAfter(stop.from().plus(LAST_LETTER)) && (stop.until() == null || dot.isBefore(stop.until()));
    }

    private void notAtNight(List<Handed> letters) {
        for (var letter : letters) {
            var row = rows.of(letter.dot().messageId());
            if (row != null && row.marketing() && row.zone() != null) {
                var time = letter.dot().at().atZone(row.zone()).toLocalTime();
                require(
                        time.isBefore(NIGHT_BEGINS) && !time.isBefore(NIGHT_ENDS),
                        Rule.NOT_AT_NIGHT,
                        letter.dot() + " is " + time + " in " + row.zone());
            }
        }
    }

    /** The first time that each letter may have arrived counts: a second try of an unknown one is the same letter. */
    private void ranksNeverFall(List<Handed> letters) {
        var highest = new HashMap<String, Row>();
        var seen = new HashSet<Long>();
        for (var letter : letters) {
            var row = rows.of(letter.dot().messageId());
            if (row == null || !letter.mayHaveArrived() || !seen.add(row.id())) {
                continue;
            }
            var before = highest.merge(row.story(), row, (known, next) -> next.rank() > known.rank() ? next : known);
            require(before.rank() <= row.rank(), Rule.RANKS_NEVER_FALL, row + " came after " + before);
        }
    }

    private Map<Row, List<Handed>> byRow(List<Handed> letters) {
        var grouped = new HashMap<Row, List<Handed>>();
        for (var letter : letters) {
            var row = rows.of(letter.dot().messageId());
            if (row != null) {
                grouped.computeIfAbsent(row, none -> new ArrayList<>()).add(letter);
            }
        }
        return grouped;
    }

    private void require(boolean holds, Rule rule, String evidence) {
        if (!holds) {
            violations.add(new Violation(rule, evidence));
        }
    }
}
