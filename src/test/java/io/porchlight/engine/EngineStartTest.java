package io.porchlight.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

class EngineStartTest {

    @TempDir
    Path home;

    @Test
    void saysThatAnotherPorchlightUsesTheHome() throws Exception {
        try (var first = new HomeLock(home)) {
            var refusal = catchThrowable(() -> new HomeLock(home));
            var analysis = new HomeInUse.Analyzer().analyze(new IllegalStateException(refusal));
            assertThat(first).isNotNull();
            assertThat(analysis)
                    .extracting(FailureAnalysis::getDescription)
                    .asString()
                    .isEqualTo(
                            "Another Porchlight (process %d) already uses %s.",
                            ProcessHandle.current().pid(), home);
        }
        new HomeLock(home).close();
    }

    @Test
    void namesTheCommandThatBringsTheDistribution() {
        var refusal = catchThrowable(() -> EngineRun.start(home, "--porchlight.engine.distribution=" + home));
        var analysis = new DistributionMissing.Analyzer().analyze(refusal);
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains(home.toString());
        assertThat(analysis.getAction()).contains("mvn spring-boot:run");
    }

    @Test
    void countsARemoteClusterAsReadyInTheEpochOfItsOperator() throws Exception {
        try (var run = EngineRun.start(home, "--porchlight.engine.mode=remote", "--porchlight.engine.epoch=42")) {
            assertThat(run.nextReady()).isEqualTo(new EngineReady("42"));
        }
    }

    @Test
    void refusesAnEmptyEpoch() {
        var refusal = catchThrowable(
                () -> EngineRun.start(home, "--porchlight.engine.mode=remote", "--porchlight.engine.epoch="));
        assertThat(refusal).rootCause().hasMessageContaining("epoch");
    }

    @Test
    void endsALeftoverBrokerOfItsOwnHomeOnly() throws Exception {
        var mine = standIn(home);
        var another = standIn(home.resolveSibling(home.getFileName() + "2"));
        try (var run = EngineRun.start(home, "--porchlight.engine.java=" + Path.of("/bin/false"))) {
            assertThat(mine.waitFor()).isNotZero();
            assertThat(another.isAlive()).isTrue();
            assertThat(run.home()).isEqualTo(home);
        } finally {
            another.destroyForcibly().waitFor();
        }
    }

    @Test
    void leavesTheBrokerOfAnotherPorchlightAlone() throws Exception {
        var another = standIn(home);
        try (var first = new HomeLock(home)) {
            assertThatThrownBy(() -> EngineRun.start(home)).hasRootCauseInstanceOf(HomeInUse.class);
            assertThat(another.isAlive()).isTrue();
            assertThat(first).isNotNull();
        } finally {
            another.destroyForcibly().waitFor();
        }
    }

    /** A process that looks like a broker from outside. */
    private static Process standIn(Path home) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var padding = "-Dpadding=" + "x".repeat(5_000);
        var command = List.of(
                java,
                "-Dporchlight.home=" + home,
                "-Dapp.name=broker",
                padding,
                "-cp",
                System.getProperty("java.class.path"),
                Sleeper.class.getName());
        var process = new ProcessBuilder(command).start();
        assertThat(process.getInputStream().read()).isPositive();
        return process;
    }

    /** Sleeps until it is ended. */
    static final class Sleeper {

        public static void main(String[] args) throws InterruptedException {
            System.out.println("asleep");
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
