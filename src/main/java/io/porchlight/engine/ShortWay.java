package io.porchlight.engine;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import org.springframework.stereotype.Component;

/**
 * The engine's answer to a command is heard by the thread that reads it off the line. By itself gRPC hands each one to a
 * thread of a pool, which costs more than hearing it. So whoever hears one must not wait for anything: all other answers
 * would wait behind. Streams of jobs keep the pool, for they wait until there is room for a job.
 */
@Component
final class ShortWay implements ClientInterceptor {

    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        return next.newCall(
                method, method.getType() == MethodType.UNARY ? options.withExecutor(Runnable::run) : options);
    }
}
