package io.porchlight.journeys;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which life of the engine we are in; unknown until its models are deployed. */
@Component
class Epoch {

    private volatile @Nullable String current;

    Optional<String> current() {
        return Optional.ofNullable(current);
    }

    void begin(String epoch) {
        current = epoch;
    }

    void unknown() {
        current = null;
    }
}
