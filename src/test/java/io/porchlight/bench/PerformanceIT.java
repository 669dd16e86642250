package io.porchlight.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures Porchlight beside the engine's own limit, interleaved, and says what one letter costs. Trust ratios and CPU per
 * letter; throughput in itself says more about the machine.
 */
@Tag("bench")
class PerformanceIT {

    @TempDir
    Path folder;

    private final Report report = new Report();
    private final Sizes sizes = Sizes.wanted();

    @Test
    void everyLetterArrivesOnceWhileItIsMeasuredWhatItCosts() throws Exception {
        try {
            if (sizes.databases().contains("H2")) {
                measure("H2", List.of());
            }
            if (sizes.databases().contains("PostgreSQL")) {
                try (var postgres = durable()) {
                    measure(
                            "PostgreSQL",
                            List.of("--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres")));
                }
            }
        } finally {
            report.write();
        }
        assertThat(report.rows()).isNotEmpty();
    }

    private void measure(String database, List<String> arguments) throws Exception {
        try (var smtp = new CountingSmtp();
                var app = new Launched(folder.resolve(database), smtp.port(), arguments)) {
            app.awaitReady();
            var scenarios = new Scenarios(database, app, smtp, sizes, report);
            scenarios.run();
            assertThat(scenarios.strays()).as("letters that came twice, or to nobody").isZero();
        }
    }

    /** As it is installed, not as it is embedded: a commit is on disk. */
    private static EmbeddedPostgres durable() throws java.io.IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }
}
