package io.porchlight.journeys;

import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** What the engine's refusals mean. */
final class Answers {

    private Answers() {}

    /** It takes fewer commands than it was sent: the same one succeeds later. */
    static boolean tooBusy(Throwable trouble) {
        var code = code(trouble);
        return code == Status.Code.RESOURCE_EXHAUSTED || code == Status.Code.DEADLINE_EXCEEDED;
    }

    /** What the command was about is not there, or not any more. */
    static boolean notFound(Throwable trouble) {
        return code(trouble) == Status.Code.NOT_FOUND;
    }

    /** It was said before. */
    static boolean known(Throwable trouble) {
        return code(trouble) == Status.Code.ALREADY_EXISTS;
    }

    private static Status.@Nullable Code code(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientStatusException status) {
                return status.getStatusCode();
            }
            if (cause instanceof StatusRuntimeException status) {
                return status.getStatus().getCode();
            }
        }
        return null;
    }
}
