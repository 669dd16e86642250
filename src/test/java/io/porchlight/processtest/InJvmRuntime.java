package io.porchlight.processtest;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Implemented by a {@code @CamundaSpringProcessTest} class to run against the engine in this JVM;
 * {@code -Dporchlight.process-test.runtime=managed} leaves it to Camunda's own containers instead.
 * Before each {@code increaseTime}, assert that the process waits where it should: jobs under way would time out.
 */
public interface InJvmRuntime {

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry properties) {
        String runtime = System.getProperty("porchlight.process-test.runtime", "in-jvm");
        switch (runtime) {
            case "in-jvm" -> EmbeddedCamunda.running().describeTo(properties);
            case "managed" -> {}
            default ->
                throw new IllegalArgumentException(
                        "porchlight.process-test.runtime is in-jvm or managed, not " + runtime);
        }
    }
}
