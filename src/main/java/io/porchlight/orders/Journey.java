package io.porchlight.orders;

import org.jspecify.annotations.Nullable;

/**
 * Where one order's journey stands.
 *
 * @param travel the process instance it travels in; absent until the engine's start listener reported it
 * @param trouble why it has not started yet, for people; absent when all is well
 */
public record Journey(
        JourneyKey key,
        State state,
        @Nullable Travel travel,
        @Nullable String trouble) {

    /** The stages of a journey's life. */
    public enum State {
        WAITING,
        STARTING,
        RUNNING,
        ENDED
    }

    /**
     * A process instance, as it can be named for ever.
     *
     * @param engineEpoch the life of the engine: a broker that lost its data hands out the same keys again
     */
    public record Travel(String engineEpoch, long processInstanceKey, String processId, int version) {}

    /** Whether the engine still has work with it. */
    public boolean open() {
        return state != State.ENDED;
    }
}
