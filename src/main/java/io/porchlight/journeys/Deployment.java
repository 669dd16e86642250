package io.porchlight.journeys;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.DeploymentEvent;
import io.porchlight.engine.EngineReady;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.Models;
import io.porchlight.orders.Journeys;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Brings the models to the engine whenever one is ready, and writes down what they say. If the engine began a new life, all
 * open journeys are started again there.
 */
@Component
class Deployment implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Deployment.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** A broker that has just begun to listen refuses the first tries, and nobody needs to know. */
    private static final int GRACE = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final CamundaClient engine;
    private final ModelFiles files;
    private final Models models;
    private final Journeys journeys;
    private final Epoch epoch;
    private final ApplicationEventPublisher events;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("deployment").factory());
    private String newest = "";

    Deployment(
            CamundaClient engine,
            ModelFiles files,
            Models models,
            Journeys journeys,
            Epoch epoch,
            ApplicationEventPublisher events) {
        this.engine = engine;
        this.files = files;
        this.models = models;
        this.journeys = journeys;
        this.epoch = epoch;
        this.events = events;
    }

    @EventListener
    synchronized void on(EngineReady ready) {
        epoch.unknown();
        newest = ready.epoch();
        thread.execute(() -> deploy(ready.epoch(), 1));
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    private void deploy(String newEpoch, int attempt) {
        if (over(newEpoch)) {
            return;
        }
        try {
            var deployed = send();
            record(newEpoch, deployed);
            begin(newEpoch);
        } catch (RuntimeException trouble) {
            if (attempt == GRACE || attempt % 30 == 0) {
                log.warn(
                        "The models could not be deployed yet ({}); orders and milestones are accepted meanwhile",
                        trouble.getMessage());
            }
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, thread)
                    .execute(() -> deploy(newEpoch, attempt + 1));
        }
    }

    private synchronized void begin(String newEpoch) {
        if (over(newEpoch)) {
            return;
        }
        int again = journeys.restartAllBut(newEpoch);
        if (again > 0) {
            log.warn("The engine began a new life: {} open journeys are started again in it", again);
        }
        epoch.begin(newEpoch);
        log.info(
                "{} journeys are deployed: {}",
                files.models().size(),
                String.join(", ", files.models().keySet()));
        events.publishEvent(new JourneysReady());
    }

    /** Whether this life of the engine has ended while its models were still being deployed. */
    private synchronized boolean over(String life) {
        return !life.equals(newest);
    }

    private DeploymentEvent send() {
        var all = files.bytes().entrySet().iterator();
        var first = all.next();
        var command = engine.newDeployResourceCommand().addResourceBytes(first.getValue(), first.getKey());
        while (all.hasNext()) {
            var next = all.next();
            command = command.addResourceBytes(next.getValue(), next.getKey());
        }
        return command.requestTimeout(TIMEOUT).send().join();
    }

    private void record(String newEpoch, DeploymentEvent deployed) {
        Map<String, JourneyModel> known = files.models();
        deployed.getProcesses().forEach(process -> {
            var model = known.get(process.getBpmnProcessId());
            if (model != null) {
                models.record(newEpoch, process.getVersion(), model);
            }
        });
    }
}
