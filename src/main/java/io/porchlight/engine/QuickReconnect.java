package io.porchlight.engine;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Has the client look for an engine that was away again soon. gRPC's own pause between two tries to connect grows to two
 * minutes (its document "Connection Backoff Protocol"), and nobody's customers should wait that long for an engine that is
 * back already.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // the first is the one next to the connection
final class QuickReconnect implements ClientInterceptor {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE.toNanos());

    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        if (next instanceof ManagedChannel line
                && line.getState(false) == ConnectivityState.TRANSIENT_FAILURE
                && isTime()) {
            line.resetConnectBackoff();
        }
        return next.newCall(method, options);
    }

    /** Many calls fail at once; one of them is enough. */
    private boolean isTime() {
        long before = last.get();
        long now = System.nanoTime();
        return now - before >= PAUSE.toNanos() && last.compareAndSet(before, now);
    }
}
