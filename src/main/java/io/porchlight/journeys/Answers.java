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
