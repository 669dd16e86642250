package io.porchlight.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.imports.Import.State;
import io.porchlight.imports.NotTaken.Reason;
import io.porchlight.imports.Upload.Format;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a file while it comes in: a handful of lines is written down together with its part of the report, then the next
 * handful is read. Nothing is kept of the file, so its length does not matter, and however it ends, the report tells exactly
 * what is written down.
 */
@Component
public class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final int LINES_AT_ONCE = 200;
    private static final int BYTES_AT_ONCE = Rows.LONGEST;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_TRIES = 5;

    private final Imports imports;
    private final Clerk clerk;
    private final ObjectMapper json;
    private final TransactionTemplate transaction;
    private final ImportSettings settings;
    private final Clock clock;
    private final Semaphore places;

    Intake(
            Imports imports,
            Clerk clerk,
            ObjectMapper json,
            TransactionTemplate transaction,
            ImportSettings settings,
            Clock clock) {
        this.imports = imports;
        this.clerk = clerk;
        this.json = json;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce());
    }

    /**
     * Reads a file to its end, or to where it breaks off: either way what was read is written down and reported. To send the
     * same file again is safe.
     *
     * @throws NotTaken when nothing of it was read
     */
    public Import read(Upload upload) {
        if (upload.size() != null && upload.size() > settings.largest().toBytes()) {
            throw new NotTaken(Reason.TOO_LARGE, tooLarge());
        }
        if (!places.tryAcquire()) {
            throw new NotTaken(Reason.BUSY, "Other files are being read; send this one when they are done");
        }
        try {
            imports.begin(upload);
            readOut(upload);
        } finally {
            places.release();
        }
        return imports.find(upload.id()).orElseThrow();
    }

    private void readOut(Upload upload) {
        var counted = new Counted(upload.body());
        try {
            copy(upload, counted);
            imports.end(upload.id(), State.FINISHED, null);
        } catch (Unreadable unreadable) {
            imports.end(upload.id(), State.BROKEN_OFF, unreadable.getMessage());
        } catch (IOException lost) {
            log.info("The connection was lost while an import was read: {}", lost.toString());
            imports.end(upload.id(), State.BROKEN_OFF, "The connection was lost");
        } catch (RuntimeException trouble) {
            imports.end(upload.id(), State.BROKEN_OFF, "It could not be written down");
            throw trouble;
        }
    }

    private void copy(Upload upload, Counted counted) throws IOException {
        var rows = rows(upload.format(), new BufferedInputStream(counted));
        var handful = new ArrayList<Row>();
        try {
            var since = clock.instant();
            for (var row = rows.next(); row != null; row = rows.next()) {
                handful.add(row);
                if (enough(handful) || since.plus(LONGEST_PAUSE).isBefore(clock.instant())) {
                    write(upload, handful, counted.read);
                    since = clock.instant();
                }
            }
        } catch (IOException broken) {
            // What came in whole before it broke off counts.
            write(upload, handful, counted.read);
            throw broken;
        }
        write(upload, handful, counted.read);
    }

    private static boolean enough(List<Row> handful) {
        return handful.size() == LINES_AT_ONCE
                || handful.stream().mapToLong(Row::size).sum() > BYTES_AT_ONCE;
    }

    private void write(Upload upload, List<Row> handful, long read) {
        if (!handful.isEmpty()) {
            inOneTransaction(upload, handful, read);
            handful.clear();
        }
    }

    private void inOneTransaction(Upload upload, List<Row> handful, long read) {
        for (int tries = 1; ; tries++) {
            try {
                transaction.executeWithoutResult(status -> {
                    var lines = handful.stream()
                            .map(row -> clerk.take(row, upload.brand()))
                            .toList();
                    imports.note(upload.id(), lines, read);
                });
                return;
            } catch (ConcurrencyFailureException busy) {
                // Somebody else spoke of the same orders in another order.
                if (tries == MOST_TRIES) {
                    throw busy;
                }
            }
        }
    }

    private Rows rows(Format format, BufferedInputStream in) throws IOException {
        return switch (format) {
            case NDJSON -> new JsonRows(in, json);
            case CSV -> new CsvRows(in, json);
            case ANY -> startsLikeJson(in) ? new JsonRows(in, json) : new CsvRows(in, json);
        };
    }

    private static boolean startsLikeJson(BufferedInputStream in) throws IOException {
        in.mark(4096);
        int first = in.read();
        for (int looked = 1; looked < 4096 && (first <= ' ' || first > 0x7f) && first >= 0; looked++) {
            first = in.read();
        }
        in.reset();
        return first == '{';
    }

    private String tooLarge() {
        return "The file is larger than " + settings.largest().toMegabytes() + " MB; send it in parts";
    }

    /** Knows how far it was read, and ends where nobody may send more. */
    private class Counted extends FilterInputStream {

        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int bytes) throws Unreadable {
            read += bytes;
            if (read > settings.largest().toBytes()) {
                throw new Unreadable(tooLarge());
            }
        }
    }
}
