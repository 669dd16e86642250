package io.porchlight.subscribers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt. */
sealed interface Answer {

    /** Any 2xx. */
    record Taken() implements Answer {}

    /** 410: never again. */
    record Gone() implements Answer {}

    /**
     * Anything else.
     *
     * @param rest how long the subscriber asked to be left alone
     */
    record NotTaken(String why, @Nullable Duration rest) implements Answer {}
}
