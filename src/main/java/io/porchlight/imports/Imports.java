package io.porchlight.imports;

import io.porchlight.imports.Import.State;
import io.porchlight.imports.ImportedLine.Outcome;
import io.porchlight.imports.NotTaken.Reason;
import io.porchlight.orders.OrderErased;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every file that was read here lately, how far it came, and what became of each of its lines. */
@Component
public class Imports {

    /** Whoever reads a file tells of it more often; who is silent for so long has been killed. */
    private static final Duration SILENT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ImportSettings settings;
    private final Clock clock;

    Imports(JdbcClient jdbc, JdbcTemplate batches, ImportSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.settings = settings;
        this.clock = clock;
    }

    /** One reading, as it stands. */
    public Optional<Import> find(String id) {
        return jdbc.sql("select * from order_import where id = :id")
                .param("id", id)
                .query(this::read)
                .optional();
    }

    /** The newest readings, newest first. */
    public List<Import> newest(int most) {
        return jdbc.sql("select * from order_import order by begun_at desc, id limit :most")
                .param("most", most)
                .query(this::read)
                .list();
    }

    /**
     * What became of the lines, in the order of the file.
     *
     * @param after only lines behind this one
     * @param only only lines of this outcome; absent: all
     */
    public List<ImportedLine> lines(String id, long after, @Nullable Outcome only, int most) {
        return jdbc.sql("""
                        select * from import_line where import_id = :id and line_number > :after
                            and (cast(:only as varchar) is null or outcome = :only)
                        order by line_number limit :most
                        """)
                .param("id", id)
                .param("after", after)
                .param("only", only == null ? null : only.name())
                .param("most", most)
                .query(Imports::line)
                .list();
    }

    /** Begins a reading, and forgets those that nobody will ask for any more. */
    @Transactional
    void begin(Upload upload) {
        var old = Timestamp.from(clock.instant().minus(settings.keepReports()));
        jdbc.sql("delete from import_line where import_id in (select id from order_import where moved_at < :old)")
                .param("old", old)
                .update();
        jdbc.sql("delete from order_import where moved_at < :old")
                .param("old", old)
                .update();
        int begun = jdbc.sql("""
                        insert into order_import (id, brand, sent_by, state, bytes_total, begun_at, moved_at)
                        values (:id, :brand, :by, 'RUNNING', :total, :now, :now) on conflict do nothing
                        """)
                .param("id", upload.id())
                .param("brand", upload.brand())
                .param(
                        "by",
                        upload.sentBy()
                                .substring(0, Math.min(100, upload.sentBy().length())))
                .param("total", upload.size())
                .param("now", now())
                .update();
        if (begun == 0) {
            throw new NotTaken(Reason.KNOWN, "This file is being read already");
        }
    }

    /** Some lines are done; in one transaction with what they said. */
    @Transactional(propagation = Propagation.MANDATORY)
    void note(String id, List<ImportedLine> lines, long bytesRead) {
        batches.batchUpdate(
                """
                insert into import_line (import_id, line_number, order_id, milestone_id, outcome, field, reason)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                lines.stream()
                        .map(line -> new @Nullable Object[] {
                            id,
                            line.line(),
                            line.orderId(),
                            line.milestoneId(),
                            line.outcome().name(),
                            line.field(),
                            line.reason()
                        })
                        .toList());
        jdbc.sql("""
                        update order_import set accepted = accepted + :accepted, duplicates = duplicates + :duplicates,
                            refused = refused + :refused, last_line = :last, bytes_read = :read, moved_at = :now
                        where id = :id
                        """)
                .param("accepted", count(lines, Outcome.ACCEPTED))
                .param("duplicates", count(lines, Outcome.DUPLICATE))
                .param("refused", count(lines, Outcome.REFUSED))
                .param("last", lines.getLast().line())
                .param("read", bytesRead)
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** The file was read to its end, or to where it broke off. */
    @Transactional
    void end(String id, State state, @Nullable String reason) {
        jdbc.sql("update order_import set state = :state, reason = :reason, moved_at = :now where id = :id")
                .param("state", state.name())
                .param("reason", reason == null ? null : reason.substring(0, Math.min(500, reason.length())))
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** A shop's order id may be a name: with its person, it goes from the reports too. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(OrderErased erased) {
        jdbc.sql("""
                        update import_line set order_id = null, milestone_id = null
                        where order_id = :order and import_id in (select id from order_import where brand = :brand)
                        """)
                .param("order", erased.key().orderId())
                .param("brand", erased.key().brand())
                .update();
    }

    private static long count(List<ImportedLine> lines, Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).count();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Import read(ResultSet row, int number) throws SQLException {
        var moved = row.getTimestamp("moved_at").toInstant();
        var state = State.valueOf(row.getString("state"));
        boolean killed = state == State.RUNNING && silent(moved);
        long total = row.getLong("bytes_total");
        Long known = row.wasNull() ? null : total;
        return new Import(
                row.getString("id"),
                row.getString("brand"),
                row.getString("sent_by"),
                killed ? State.BROKEN_OFF : state,
                killed ? "Porchlight was stopped while it read the file" : row.getString("reason"),
                row.getLong("bytes_read"),
                known,
                row.getLong("last_line"),
                row.getLong("accepted"),
                row.getLong("duplicates"),
                row.getLong("refused"),
                row.getTimestamp("begun_at").toInstant(),
                moved);
    }

    private boolean silent(Instant moved) {
        return moved.plus(SILENT).isBefore(clock.instant());
    }

    private static ImportedLine line(ResultSet row, int number) throws SQLException {
        return new ImportedLine(
                row.getLong("line_number"),
                row.getString("order_id"),
                row.getString("milestone_id"),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("field"),
                row.getString("reason"));
    }
}
