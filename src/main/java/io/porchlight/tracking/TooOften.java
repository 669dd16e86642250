package io.porchlight.tracking;

import java.time.Duration;

/** Somebody asks more often than people do. */
class TooOften extends RuntimeException {

    private final Duration pause;

    TooOften(Duration pause) {
        super("Asked too often", null, false, false);
        this.pause = pause;
    }

    /** How long to leave it alone. */
    Duration pause() {
        return pause;
    }
}
