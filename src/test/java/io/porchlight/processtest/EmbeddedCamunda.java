package io.porchlight.processtest;

import com.sun.net.httpserver.HttpServer;
import io.camunda.process.test.api.CamundaAssert;
import io.camunda.shaded.awaitility.Awaitility;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A Camunda that looks to Camunda Process Test like a remote cluster; its ports stay, a purge replaces its engine. */
public final class EmbeddedCamunda {

    private final Server grpc;
    private final HttpServer http;
    private volatile EngineLife life = new EngineLife();
    private int purges;

    private EmbeddedCamunda() throws IOException {
        grpc = ServerBuilder.forPort(0)
                .fallbackHandlerRegistry(new CurrentEngine())
                .intercept(EmbeddedCamunda::withoutFuss)
                .build()
                .start();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", new Endpoints(this));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    /** One that nobody else uses, for an application that a test breaks. */
    public static EmbeddedCamunda another() {
        try {
            return new EmbeddedCamunda();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it takes commands. */
    public int grpcPort() {
        return grpc.getPort();
    }

    /** The one of this JVM, started when first asked for. */
    static EmbeddedCamunda running() {
        return Holder.CAMUNDA;
    }

    void describeTo(DynamicPropertyRegistry properties) {
        String grpcAddress = "http://127.0.0.1:" + grpc.getPort();
        String restAddress = "http://127.0.0.1:" + http.getAddress().getPort();
        properties.add("camunda.process-test.runtime-mode", () -> "remote");
        properties.add("camunda.process-test.remote.camunda-monitoring-api-address", () -> restAddress);
        properties.add("camunda.process-test.remote.client.rest-address", () -> restAddress);
        properties.add("camunda.process-test.remote.client.grpc-address", () -> grpcAddress);
        properties.add("camunda.client.rest-address", () -> restAddress);
        properties.add("camunda.client.grpc-address", () -> grpcAddress);
        properties.add("camunda.client.prefer-rest-over-grpc", () -> false);
    }

    EngineLife life() {
        return life;
    }

    int purges() {
        return purges;
    }

    /** Forgets everything: a new engine, with a clock that is right again. */
    void purge() {
        life.close();
        life = new EngineLife();
        purges++;
    }

    /** Keeps a poll of a worker that closes from being an error in the engine's log; a job stream does have to end. */
    private static <Q, A> ServerCall.Listener<Q> withoutFuss(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> engine) {
        ServerCall.Listener<Q> listener = engine.startCall(call, headers);
        if ("StreamActivatedJobs".equals(call.getMethodDescriptor().getBareMethodName())) {
            return listener;
        }
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {}
        };
    }

    /** Sends each call to the engine of the moment, so that a purge closes no connection. */
    private final class CurrentEngine extends HandlerRegistry {

        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            return life.commands().getMethod(method);
        }
    }

    private static final class Holder {

        static final EmbeddedCamunda CAMUNDA = start();

        private static EmbeddedCamunda start() {
            // This engine answers at once, so there is nothing to wait 100 ms for.
            Awaitility.setDefaultPollDelay(Duration.ZERO);
            CamundaAssert.setAssertionInterval(Duration.ofMillis(10));
            // A busy build machine is no failure.
            CamundaAssert.setAssertionTimeout(Duration.ofSeconds(20));
            try {
                return new EmbeddedCamunda();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
