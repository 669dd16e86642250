package io.porchlight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void namesWhatAPersonCanDo() {
        assertThat(StartFailure.of("Caused by: bind(..) failed: Address already in use"))
                .isEqualTo(StartFailure.PORT_IN_USE);
        assertThat(StartFailure.of("Error: Could not find or load main class io.camunda.application.StandaloneBroker"))
                .isEqualTo(StartFailure.BROKEN_DISTRIBUTION);
        assertThat(StartFailure.of("java.io.IOException: No space left on device"))
                .isEqualTo(StartFailure.DISK_FULL);
        assertThat(StartFailure.of("what now?")).isEqualTo(StartFailure.UNKNOWN);
    }
}
