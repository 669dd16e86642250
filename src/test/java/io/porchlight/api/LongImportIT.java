package io.porchlight.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** A file may be as long as it likes. The rows lie in PostgreSQL, so that this heap holds only what the import holds. */
@OverHttp
@ContextConfiguration(initializers = OnPostgres.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
class LongImportIT {

    private static final int ORDERS = 10;
    private static final long MORE_THAN_NOISE = 16L * 1024 * 1024;

    private final Sender sender;

    LongImportIT(Sender sender) {
        this.sender = sender;
    }

    /** Makes lines as they are asked for, and looks now and then at what the heap holds after everything else is cleared. */
    private static class Lines implements Iterator<InputStream> {

        private final String prefix;
        private final int all;
        private final String remark;
        private int made;
        private long bytes;
        private long mostHeld;

        Lines(String prefix, int all, int remark) {
            this.prefix = prefix;
            this.all = all;
            this.remark = "x".repeat(remark);
        }

        @Override
        public boolean hasNext() {
            return made < all;
        }

        @Override
        public InputStream next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            made++;
            if (made % (all / 5) == 0) {
                mostHeld = Math.max(mostHeld, held());
            }
            byte[] line = line().getBytes(UTF_8);
            bytes += line.length;
            return new ByteArrayInputStream(line);
        }

        /** Orders now and then, many milestones of them, and each tenth line twice. */
        private String line() {
            int number = made % 10 == 9 ? made - 1 : made;
            if (number % ORDERS == 0) {
                return Sender.order(prefix + number / ORDERS) + "\n";
            }
            return Sender.milestone("m-" + number, "note-" + number % ORDERS)
                            .put("orderId", prefix + number / ORDERS)
                            .put("remark", remark)
                    + "\n";
        }

        private static long held() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    @Test
    void needsNoMoreMemoryForManyLongLinesThanForAThousand() {
        compare(15_000, 4_000);
    }

    @Test
    @Tag("chaos")
    void needsNoMoreMemoryForAHundredThousandLinesThanForAThousand() {
        compare(100_000, 400);
    }

    private void compare(int lines, int remark) {
        imports(new Lines("warm-", 1_000, remark));
        var few = new Lines("few-", 1_000, remark);
        var many = new Lines("many-", lines, remark);

        assertThat(imports(few).path("lines").asLong()).isEqualTo(1_000);
        var report = imports(many);

        assertThat(report.path("lines").asLong()).isEqualTo(lines);
        assertThat(report.path("duplicates").asLong()).isEqualTo(lines / 10);
        assertThat(report.path("accepted").asLong()).isEqualTo(lines - lines / 10);
        assertThat(many.bytes).as("what it would have to hold otherwise").isGreaterThan(3 * MORE_THAN_NOISE);
        assertThat(many.mostHeld - few.mostHeld).isLessThan(MORE_THAN_NOISE);
        assertThat(sender.get(report.path("report").asText()).body().lines().count())
                .isEqualTo(lines + 1);
    }

    @SuppressWarnings("JdkObsolete") // SequenceInputStream knows no other way
    private JsonNode imports(Lines lines) {
        var body = BodyPublishers.ofInputStream(() -> new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return lines.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return lines.next();
            }
        }));
        var answer = sender.send(sender.request("/api/orders:import")
                .timeout(Duration.ofMinutes(20))
                .setHeader("Content-Type", "application/x-ndjson")
                .POST(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
