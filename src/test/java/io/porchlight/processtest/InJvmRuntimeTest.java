package io.porchlight.processtest;

import static io.camunda.process.test.api.CamundaAssert.assertThatDecision;
import static io.camunda.process.test.api.CamundaAssert.assertThatProcessInstance;
import static io.camunda.process.test.api.assertions.DecisionSelectors.byId;
import static io.camunda.process.test.api.assertions.ElementSelectors.byName;
import static io.camunda.process.test.api.assertions.ProcessInstanceSelectors.byProcessId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.Deployment;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.ProcessInstanceEvent;
import io.camunda.client.api.search.enums.IncidentErrorType;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.spring.configuration.CamundaAutoConfiguration;
import io.camunda.process.test.api.CamundaProcessTestContext;
import io.camunda.process.test.api.CamundaSpringProcessTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A visitor rings, is greeted, and waits at the door: what Camunda Process Test must see without a cluster. */
@SpringBootTest(
        classes = InJvmRuntimeTest.House.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"camunda.client.mode=self-managed", "camunda.client.worker.defaults.stream-enabled=true"})
@CamundaSpringProcessTest
class InJvmRuntimeTest implements InJvmRuntime {

    @Autowired
    CamundaClient client;

    @Autowired
    CamundaProcessTestContext context;

    @Autowired
    Doorman doorman;

    @BeforeEach
    void forgetEarlierVisits() {
        doorman.seen.clear();
    }

    @Test
    void followsAVisitFromTheBellToTheOpenedDoor() {
        ProcessInstanceEvent visit = ring("Bob");

        assertThatProcessInstance(visit)
                .isActive()
                .hasActiveElementsExactly("DoorOrDay")
                .hasActiveElements(byName("Door or day?"))
                .isWaitingForMessage("door-opened", "visit-Bob")
                .hasVariable("visitor", "Bob")
                .hasNoActiveIncidents();

        open("visit-Bob");

        assertThatProcessInstance(visit)
                .isCompleted()
                .hasCompletedElementsInOrder("Rang", "Greet", "DoorOrDay", "DoorOpened", "Inside")
                .hasCorrelatedMessage("door-opened", "visit-Bob")
                .isNotWaitingForMessage("door-opened", "visit-Bob")
                .hasVariables(Map.of("visitor", "Bob", "door", "open"))
                .hasNotActivatedElements("DayPassed", "ChooseNote");
        assertThat(doorman.seen).containsExactly("arrive", "greet", "leave");
    }

    @Test
    void takesAMessageThatCameFirst() {
        open("visit-Bob");

        assertThatProcessInstance(ring("Bob")).isCompleted().hasCompletedElements("DoorOpened");
    }

    @Test
    void letsADayPassAndDecides() {
        ProcessInstanceEvent visit = ring("Jane");
        assertThatProcessInstance(visit).isWaitingForMessage("door-opened");

        context.increaseTime(Duration.ofHours(25));

        assertThatProcessInstance(visit)
                .isCompleted()
                .hasCompletedElementsInOrder("DayPassed", "ChooseNote", "NoteLeft")
                .hasVariable("note", "Dear Jane")
                .isNotWaitingForMessage("door-opened", "visit-Jane")
                .hasNotActivatedElements("DoorOpened");
        assertThatDecision(byId("choose-note", visit.getProcessInstanceKey()))
                .isEvaluated()
                .hasOutput("Dear Jane")
                .hasMatchedRules(1)
                .hasNotMatchedRules(2);
    }

    @Test
    void evaluatesADecisionOnItsOwn() {
        client.newEvaluateDecisionCommand()
                .decisionId("choose-note")
                .variables(Map.of("visitor", "somebody"))
                .send()
                .join();

        assertThatDecision(byId("choose-note")).isEvaluated().hasOutput("Hello").hasMatchedRules(2);
    }

    @Test
    void showsAWorkerThatGaveUpAsAnIncident() {
        ProcessInstanceEvent visit = ring("nobody");

        assertThatProcessInstance(visit).hasActiveIncidents().hasActiveElementsExactly("Greet");
        Incident incident = client.newIncidentSearchRequest()
                .filter(filter ->
                        filter.processInstanceKey(visit.getProcessInstanceKey()).state(IncidentState.ACTIVE))
                .send()
                .join()
                .singleItem();
        assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.JOB_NO_RETRIES);
        assertThat(incident.getErrorMessage()).isEqualTo("there is nobody");

        client.newCancelInstanceCommand(visit.getProcessInstanceKey()).send().join();

        assertThatProcessInstance(visit)
                .isTerminated()
                .hasTerminatedElements("Greet")
                .hasNoActiveIncidents();
    }

    @Test
    void resolvesAnIncident() {
        ProcessInstanceEvent visit = ring("nobody");
        assertThatProcessInstance(visit).hasActiveIncidents();
        Incident incident =
                client.newIncidentSearchRequest().send().join().items().getFirst();

        client.newSetVariablesCommand(visit.getProcessInstanceKey())
                .variables(Map.of("visitor", "Jane"))
                .send()
                .join();
        client.newUpdateRetriesCommand(incident.getJobKey()).retries(1).send().join();
        client.newResolveIncidentCommand(incident.getIncidentKey()).send().join();

        assertThatProcessInstance(visit).hasNoActiveIncidents().isWaitingForMessage("door-opened", "visit-nobody");
    }

    @Test
    void movesTheClock() {
        Instant before = context.getCurrentTime();

        context.increaseTime(Duration.ofDays(3));

        assertThat(context.getCurrentTime()).isCloseTo(before.plus(Duration.ofDays(3)), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void refusesASearchItCannotAnswerInsteadOfFindingNothing() {
        assertThatThrownBy(() -> client.newUserTaskSearchRequest().send().join())
                .hasMessageContaining("a search for user-tasks");
        assertThatThrownBy(() -> client.newProcessInstanceSearchRequest()
                        .filter(filter -> filter.hasIncident(true))
                        .send()
                        .join())
                .hasMessageContaining("hasIncident of PROCESS_INSTANCES");
    }

    /** Whatever the order of the tests: all but the first come after others, and each repetition leaves its traces. */
    @RepeatedTest(3)
    void startsCleanAndOnTime() {
        assertThat(client.newProcessInstanceSearchRequest().send().join().items())
                .isEmpty();
        assertThat(client.newDecisionInstanceSearchRequest().send().join().items())
                .isEmpty();
        assertThat(client.newProcessDefinitionSearchRequest().send().join().items())
                .singleElement()
                .satisfies(definition -> assertThat(definition.getVersion()).isOne());
        assertThat(context.getCurrentTime()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));

        ring("Bob");
        assertThatProcessInstance(byProcessId("visit")).isWaitingForMessage("door-opened");
        context.increaseTime(Duration.ofDays(3));

        assertThatProcessInstance(byProcessId("visit")).isCompleted();
    }

    private ProcessInstanceEvent ring(String visitor) {
        return client.newCreateInstanceCommand()
                .bpmnProcessId("visit")
                .latestVersion()
                .variables(Map.of("visitor", visitor, "visitKey", "visit-" + visitor))
                .send()
                .join();
    }

    private void open(String visitKey) {
        client.newPublishMessageCommand()
                .messageName("door-opened")
                .correlationKey(visitKey)
                .timeToLive(Duration.ofHours(1))
                .variables(Map.of("door", "open"))
                .send()
                .join();
    }

    /** Camunda's starter and one worker bean: no web, no database, no mail. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        CamundaAutoConfiguration.class
    })
    @Import(StarterReset.class)
    @Deployment(resources = {"classpath:processtest/visit.bpmn", "classpath:processtest/choose-note.dmn"})
    static class House {

        @Bean
        Doorman doorman() {
            return new Doorman();
        }
    }

    /** Does the jobs of a visit and remembers them in order. */
    public static class Doorman {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @JobWorker(type = "arrive", autoComplete = false)
        public void arrive(JobClient jobs, ActivatedJob job) {
            complete(jobs, job);
        }

        @JobWorker(type = "greet", autoComplete = false)
        public void greet(JobClient jobs, ActivatedJob job) {
            if (job.getVariable("visitor").equals("nobody")) {
                jobs.newFailCommand(job)
                        .retries(0)
                        .errorMessage("there is nobody")
                        .send()
                        .join();
            } else {
                complete(jobs, job);
            }
        }

        @JobWorker(type = "leave", autoComplete = false)
        public void leave(JobClient jobs, ActivatedJob job) {
            complete(jobs, job);
        }

        private void complete(JobClient jobs, ActivatedJob job) {
            seen.add(job.getType());
            jobs.newCompleteCommand(job).send().join();
        }
    }
}
