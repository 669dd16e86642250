package io.porchlight.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.bench.Scenarios.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

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
            boolean postgresToo = sizes.databases().contains("PostgreSQL");
            if (sizes.databases().contains("H2")) {
                var home = folder.resolve("H2");
                measure(home, new Store("H2", !postgresToo, () -> Machine.bytes(home.resolve("database"))), List.of());
            }
            if (postgresToo) {
                try (var postgres = durable()) {
                    var store = new Store("PostgreSQL", true, () -> size(postgres));
                    measure(
                            folder.resolve("PostgreSQL"),
                            store,
                            List.of("--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres")));
                }
            }
        } finally {
            report.write();
        }
        assertThat(report.rows()).isNotEmpty();
    }

    private void measure(Path home, Store store, List<String> arguments) throws Exception {
        try (var smtp = new CountingSmtp();
                var app = new Launched(home, smtp.port(), arguments)) {
            app.awaitReady();
            var scenarios = new Scenarios(store, app, smtp, sizes, report);
            scenarios.run();
            assertThat(scenarios.strays())
                    .as("letters that came twice, or to nobody")
                    .isZero();
        }
    }

    private static long size(EmbeddedPostgres postgres) {
        return JdbcClient.create(postgres.getPostgresDatabase())
                .sql("select pg_database_size(current_database())")
                .query(Long.class)
                .single();
    }

    /** As it is installed, not as it is embedded: a commit is on disk. */
    private static EmbeddedPostgres durable() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }
}
