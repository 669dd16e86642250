package io.porchlight.processtest;

import static java.util.Objects.requireNonNull;

import io.camunda.client.CamundaClient;
import io.camunda.client.lifecycle.CamundaClientLifecycleAware;
import io.camunda.client.spring.annotation.processor.DeploymentAnnotationProcessor;
import io.camunda.client.spring.annotation.processor.JobWorkerAnnotationProcessor;
import java.util.Collection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * Makes the starter forget its workers when a client closes: it would open them again, and the old ones too, with each
 * test's client. Not needed from the starter that has the fix of camunda/camunda#46638 on.
 */
@Component
class StarterReset implements CamundaClientLifecycleAware {

    private final ObjectProvider<DeploymentAnnotationProcessor> deployments;
    private final ObjectProvider<JobWorkerAnnotationProcessor> workers;

    StarterReset(
            ObjectProvider<DeploymentAnnotationProcessor> deployments,
            ObjectProvider<JobWorkerAnnotationProcessor> workers) {
        this.deployments = deployments;
        this.workers = workers;
    }

    @Override
    public void onStart(CamundaClient client) {}

    @Override
    public void onStop(CamundaClient client) {
        deployments.ifAvailable(processor -> clear(processor, "deploymentValues"));
        workers.ifAvailable(processor -> clear(processor, "jobWorkerValues"));
    }

    private static void clear(Object processor, String field) {
        ((Collection<?>) requireNonNull(ReflectionTestUtils.getField(processor, field))).clear();
    }
}
