package io.porchlight.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandLimitTest {

    private final StatusRuntimeException busy = new StatusRuntimeException(Status.RESOURCE_EXHAUSTED);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CommandLimit limit =
            new CommandLimit(new JourneySettings(64, Duration.ofDays(7), Duration.ofMinutes(1), "bpmn/"), meters);

    @Test
    void sendsMoreAtOnceAsLongAsTheEngineKeepsUp() {
        int before = limit.room();

        for (int round = 0; round < 100; round++) {
            send(limit.room()).forEach(command -> command.ends(null));
        }

        assertThat(limit.room()).isGreaterThan(before).isEqualTo(64);
    }

    @Test
    void sendsFewerAtOnceWhenTheEngineIsTooBusyButNeverNone() {
        int before = limit.room();
        send(5).forEach(command -> command.ends(busy));
        assertThat(limit.room()).as("one refusal says as much as five").isEqualTo((int) (before * 0.9));

        for (int round = 0; round < 40; round++) {
            send(1).forEach(command -> command.ends(new java.util.concurrent.CompletionException(busy)));
        }
        assertThat(limit.room()).isEqualTo(4);
        assertThat(meters.counter("porchlight.engine.commands.refused").count()).isEqualTo(45);
    }

    @Test
    void isSeldomRefusedByAnEngineThatTakesSoManyAndNoMore() {
        int takes = 20;
        int sent = 0;
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            var commands = send(limit.room());
            for (int n = 0; n < commands.size(); n++) {
                commands.get(n).ends(n < takes ? null : busy);
            }
            sent += commands.size();
            refused += Math.max(0, commands.size() - takes);
        }
        assertThat((double) refused / sent).isLessThan(0.05);
        assertThat((double) sent / 500).isGreaterThan(takes * 0.85);
    }

    @Test
    void aBrokenCommandSaysNothingAboutHowBusyTheEngineIs() {
        int before = limit.room();

        send(20).forEach(command -> command.ends(new IllegalStateException("no such decision")));

        assertThat(limit.room()).isEqualTo(before);
    }

    @Test
    void takesSomeTogetherWhenThereIsHardlyAnyRoom() {
        var all = new ArrayList<>(send(limit.room()));
        assertThat(limit.idle()).isFalse();

        all.removeLast().ends(null);
        assertThat(limit.room()).as("one place is not worth a look").isZero();

        all.forEach(command -> command.ends(null));
        assertThat(limit.idle()).isTrue();
    }

    private List<CommandLimit.Underway> send(int commands) {
        return IntStream.range(0, commands).mapToObj(n -> limit.sends()).toList();
    }
}
