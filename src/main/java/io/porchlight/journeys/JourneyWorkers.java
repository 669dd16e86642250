package io.porchlight.journeys;

import static java.util.Objects.requireNonNull;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.journeys.Jobs.NotNow;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Journeys.Adoption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the process tells the application. Every method may run twice for the same job. */
@Component
public class JourneyWorkers {

    private static final Logger log = LoggerFactory.getLogger(JourneyWorkers.class);

    private final JourneyCommands commands;
    private final Jobs jobs;
    private final Epoch epoch;
    private final Journeys journeys;
    private final Milestones milestones;
    private final Models models;
    private final Ledger ledger;
    private final TransactionTemplate transaction;

    JourneyWorkers(
            JourneyCommands commands,
            Jobs jobs,
            Epoch epoch,
            Journeys journeys,
            Milestones milestones,
            Models models,
            Ledger ledger,
            TransactionTemplate transaction) {
        this.commands = commands;
        this.jobs = jobs;
        this.epoch = epoch;
        this.journeys = journeys;
        this.milestones = milestones;
        this.models = models;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    /** A process instance has begun: it becomes the journey's own, or it is one too many and is cancelled. */
    @JobWorker(type = "adopt-journey", autoComplete = false, fetchVariables = "journeyKey")
    public void adoptJourney(JobClient client, ActivatedJob job) {
        jobs.run(client, job, () -> {
            var key = key(job);
            var travel = travel(job);
            if (models.of(travel).isEmpty()) {
                throw new IllegalStateException("Version " + travel.version() + " of " + travel.processId()
                        + " was not deployed by Porchlight; put the file into bpmn/ and restart");
            }
            var adoption = adopt(key, travel);
            if (adoption == Adoption.SUPERFLUOUS && restartIfLost(key)) {
                log.warn("The engine has lost the instance that {} travelled in; it goes on in another one", key);
                adoption = adopt(key, travel);
            }
            if (adoption == Adoption.SUPERFLUOUS) {
                log.info("A second instance of {} was started and is cancelled", key);
                commands.cancel(job.getProcessInstanceKey());
            }
        });
    }

    private Adoption adopt(JourneyKey key, Travel travel) {
        return requireNonNull(transaction.execute(status -> {
            if (journeys.restartOthersIn(travel, key) > 0) {
                log.warn(
                        "The engine gave the instance of {} to another journey before; that one is started again", key);
            }
            var outcome = journeys.adopt(key, travel);
            if (outcome == Adoption.ADOPTED) {
                milestones.beginAgain(key);
            }
            return outcome;
        }));
    }

    /**
     * Sends an open journey to be started again if the engine knows nothing of the instance it travels in. A broker hands
     * jobs out before what led to them is safe in its log: after a hard end or a change of leader it does the same work
     * again, under other keys.
     */
    private boolean restartIfLost(JourneyKey key) {
        return journeys.find(key)
                .filter(Journey::open)
                .map(Journey::travel)
                .filter(travel -> !commands.knows(travel.processInstanceKey()))
                .filter(lost -> journeys.restart(key, lost))
                .isPresent();
    }

    /** A process instance has come to its end. */
    @JobWorker(type = "journey-ended", autoComplete = false, fetchVariables = "journeyKey")
    public void journeyEnded(JobClient client, ActivatedJob job) {
        jobs.run(
                client,
                job,
                () -> transaction.executeWithoutResult(status -> {
                    var key = key(job);
                    if (journeys.end(key, travel(job))) {
                        milestones.close(key);
                    }
                }));
    }

    /** The model asks for a notification: it is planned, once; when and whether it goes out is decided later. */
    @JobWorker(
            type = "send-notification",
            autoComplete = false,
            fetchVariables = {"journeyKey", "milestone", "occurrence", "parcel"})
    public void sendNotification(JobClient client, ActivatedJob job) {
        jobs.run(client, job, () -> {
            var key = key(job);
            var travel = travel(job);
            var step = models.of(travel)
                    .flatMap(model -> model.step(job.getElementId()))
                    .orElseThrow(() -> new IllegalStateException(
                            "The step " + job.getElementId() + " is not in the model of " + travel.processId()));
            transaction.executeWithoutResult(status -> {
                var occurrence = occurrence(key, step, job.getVariablesAsMap());
                for (String channel : step.ways()) {
                    ledger.plan(plan(key, travel, step, occurrence, channel));
                }
            });
        });
    }

    /** The message that the journey moved on by says which time of its milestone this is. */
    private Occurrence occurrence(JourneyKey key, Step step, Map<String, Object> variables) {
        if (!(variables.get("milestone") instanceof String milestone
                && variables.get("parcel") instanceof String parcel
                && variables.get("occurrence") instanceof Number number)) {
            return Occurrence.FIRST;
        }
        var occurrence = new Occurrence(parcel, number.intValue());
        milestones.correlated(key, milestone, occurrence.parcel(), occurrence.number());
        return milestone.equals(step.milestone()) ? occurrence : Occurrence.FIRST;
    }

    private static Plan plan(JourneyKey key, Travel travel, Step step, Occurrence occurrence, String channel) {
        return new Plan(
                key,
                travel.processId(),
                step.id(),
                occurrence,
                channel,
                step.template(),
                MessageClass.valueOf(step.messageClass()),
                step.milestone(),
                step.rank(),
                step.validFor());
    }

    private static JourneyKey key(ActivatedJob job) {
        return JourneyKey.parse((String) job.getVariable("journeyKey"));
    }

    private Travel travel(ActivatedJob job) {
        String life = epoch.current().orElseThrow(() -> new NotNow("the models are not deployed yet"));
        return new Travel(life, job.getProcessInstanceKey(), job.getBpmnProcessId(), job.getProcessDefinitionVersion());
    }
}
