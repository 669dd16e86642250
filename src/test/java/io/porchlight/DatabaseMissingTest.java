package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Who names a cluster names a database too: nothing is kept in memory only. */
class DatabaseMissingTest {

    @TempDir
    Path home;

    @Test
    void refusesToStartBesideAClusterWithoutADatabaseAndNamesTheSetting() {
        var refusal = catchThrowable(() -> start());

        var analysis = new DatabaseMissing.Analyzer().analyze(refusal);
        assertThat(analysis).as(String.valueOf(refusal)).isNotNull();
        assertThat(analysis.getDescription()).contains("spring.datasource.url is not set");
        assertThat(analysis.getAction()).contains("--spring.datasource.url=jdbc:postgresql://");
    }

    @Test
    void takesAnEmptyAddressForNone() {
        assertThat(catchThrowable(() -> start("--spring.datasource.url="))).isInstanceOf(DatabaseMissing.class);
    }

    private void start(String... more) {
        var arguments = new ArrayList<>(List.of(
                "--porchlight.home=" + home, "--porchlight.engine.mode=remote", "--porchlight.secret=only-for-tests"));
        arguments.addAll(List.of(more));
        new SpringApplicationBuilder(Porchlight.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new))
                .close();
    }
}
