package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who names a cluster names a database too: nothing is kept in memory only. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseMissingTest {

    @TempDir
    Path home;

    @Test
    void refusesToStartBesideAClusterWithoutADatabaseAndNamesTheSetting(CapturedOutput console) {
        assertThatThrownBy(this::start).isInstanceOf(DatabaseMissing.class);

        assertThat(console)
                .contains("Porchlight needs to be told its database: spring.datasource.url is not set.")
                .contains("Set --spring.datasource.url=jdbc:postgresql://")
                .as("no stack trace")
                .doesNotContain("\tat ");
    }

    @Test
    void takesAnEmptyAddressForNone() {
        assertThatThrownBy(() -> start("--spring.datasource.url=")).isInstanceOf(DatabaseMissing.class);
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
