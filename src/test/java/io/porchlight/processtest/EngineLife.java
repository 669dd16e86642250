package io.porchlight.processtest;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.record.JsonSerializable;
import io.camunda.zeebe.scheduler.clock.ControlledActorClock;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.test.util.ReflectionTestUtils;

/** One engine, from a purge to the next, with everything it has written so far. */
final class EngineLife implements AutoCloseable {

    private static final ObjectMapper json = new ObjectMapper();

    private final ZeebeTestEngine engine = EngineFactory.create(0);
    private final StreamProcessor processor;
    private final ControlledActorClock clock;
    private final ServerServiceDefinition commands;
    private final Projection projection = new Projection();
    private int read;

    EngineLife() {
        processor = part("streamProcessor", StreamProcessor.class);
        clock = part("clock", ControlledActorClock.class);
        commands = part("gateway", BindableService.class).bindService();
        engine.start();
    }

    /** The engine's gRPC service. Its own server is not used: its port could not be had again after a purge. */
    ServerServiceDefinition commands() {
        return commands;
    }

    /** What the engine has done until now. */
    Projection projection() throws IOException {
        Object records = engine.getRecordStreamSource().getRecords();
        List<?> log = (List<?>) records;
        for (; read < log.size(); read++) {
            projection.apply(json.readTree(((JsonSerializable) log.get(read)).toJson()));
        }
        return projection;
    }

    Instant now() {
        clock.update();
        return clock.getCurrentTime();
    }

    /** Waits until the engine has nothing left to do, so that every timer is set, then moves its clock. */
    void moveClock(Duration by) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> processor.hasProcessingReachedTheEnd().join());
        clock.addTime(by);
    }

    void resetClock() {
        clock.reset();
    }

    @Override
    public void close() {
        engine.stop();
    }

    /** What the library does not show: without these the clock could run past a timer that is not set yet. */
    private <T> T part(String field, Class<T> type) {
        return type.cast(requireNonNull(ReflectionTestUtils.getField(engine, field)));
    }
}
