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
    private static final int NOTE = 400;
    private static final long MORE_THAN_NOISE = 16L * 1024 * 1024;

    private final Sender sender;

    LongImportIT(Sender sender) {
        this.sender = sender;
    }

    /** Makes lines as they are asked for, and looks now and then at what the heap holds after everything else is cleared. */
    private static class Lines implements Iterator<InputStream> {

        private final String prefix;
        private final int all;
        private int made;
        private long bytes;
        private long mostHeld;

        Lines(String prefix, int all) {
            this.prefix = prefix;
            this.all = all;
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
                            .put("remark", "x".repeat(NOTE))
                    + "\n";
        }

        private static long held() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    @Test
    void needsNoMoreMemoryForAHundredThousandLinesThanForAThousand() {
        imports("warm-", 1_000);
        var few = new Lines("few-", 1_000);
        var many = new Lines("many-", 100_000);

        assertThat(imports(few).path("lines").asLong()).isEqualTo(1_000);
        var report = imports(many);

        assertThat(report.path("lines").asLong()).isEqualTo(100_000);
        assertThat(report.path("duplicates").asLong()).isEqualTo(10_000);
        assertThat(report.path("accepted").asLong()).isEqualTo(90_000);
        assertThat(many.bytes).as("what it would have to hold otherwise").isGreaterThan(3 * MORE_THAN_NOISE);
        assertThat(many.mostHeld - few.mostHeld).isLessThan(MORE_THAN_NOISE);
        assertThat(sender.get(report.path("report").asText()).body().lines().count())
                .isEqualTo(100_001);
    }

    private void imports(String prefix, int lines) {
        imports(new Lines(prefix, lines));
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
