package io.porchlight.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porchlight.Aside;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

@Aside
class LocalBrokerIT {

    @TempDir
    Path home;

    @Test
    void isReadyAgainInTheSameEpochAfterItsBrokerWasKilled() throws Exception {
        ProcessHandle last;
        try (var run = EngineRun.start(home)) {
            var ready = run.nextReady();
            var killed = EngineRun.broker(home);
            killed.destroyForcibly();

            assertThat(run.nextReady()).isEqualTo(ready);
            last = EngineRun.broker(home);
            assertThat(last.pid()).isNotEqualTo(killed.pid());

            assertThatThrownBy(() -> EngineRun.start(home)).hasRootCauseInstanceOf(HomeInUse.class);
            assertThat(last.isAlive()).isTrue();
        }
        assertThat(last.isAlive()).isFalse();
    }

    @Test
    void takesOverFromALeftoverBrokerAndNoticesThatItsDataAreGone() throws Exception {
        var before = readyInAProcessThatIsKilled();
        var leftover = EngineRun.broker(home);
        try (var run = EngineRun.start(home)) {
            assertThat(run.nextReady()).isEqualTo(before);
            assertThat(leftover.isAlive()).isFalse();
        }
        FileSystemUtils.deleteRecursively(new BrokerHome(home).data());
        try (var run = EngineRun.start(home)) {
            assertThat(run.nextReady()).isNotEqualTo(before);
        }
    }

    private EngineReady readyInAProcessThatIsKilled() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), EngineRun.class.getName(), home.toString())
                .start();
        try (var output = process.inputReader()) {
            var answer = output.lines()
                    .filter(line -> line.startsWith(EngineRun.READY))
                    .findFirst();
            return new EngineReady(answer.orElseThrow().substring(EngineRun.READY.length()));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
