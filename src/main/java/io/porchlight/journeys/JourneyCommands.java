package io.porchlight.journeys;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.response.EvaluateDecisionResponse;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.orders.Order;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the application tells the process: that an order begins its journey, and what happened to it. */
@Component
class JourneyCommands {

    private static final String DECISION = "choose-journey";
    private static final String STANDARD = "standard";

    private final CamundaClient engine;
    private final JourneySettings settings;
    private final MilestoneMeters meters;

    JourneyCommands(CamundaClient engine, JourneySettings settings, MilestoneMeters meters) {
        this.engine = engine;
        this.settings = settings;
        this.meters = meters;
    }

    /** Starts a journey again, in the process that was chosen for it before: another one would write other letters. */
    CompletionStage<?> beginAgain(Order order, String process) {
        return start(process, order, facts(order));
    }

    /** Chooses the journey by the marketers' decision table and starts it. */
    CompletionStage<?> begin(Order order) {
        var facts = facts(order);
        return engine.newEvaluateDecisionCommand()
                .decisionId(DECISION)
                .variables(facts)
                .send()
                .thenCompose(decision -> start(chosen(decision), order, facts));
    }

    private CompletionStage<?> start(String process, Order order, Map<String, @Nullable Object> facts) {
        var variables = new HashMap<>(facts);
        variables.put("journeyKey", order.journeyKey().toString());
        return engine.newCreateInstanceCommand()
                .bpmnProcessId(process)
                .latestVersion()
                .variables(variables)
                .send();
    }

    /** Takes back an instance that is one too many. */
    void cancel(long processInstanceKey) {
        found(engine.newCancelInstanceCommand(processInstanceKey));
    }

    /** Whether there is such an instance now. Nobody can be asked but the engine itself, so it is told nothing new. */
    boolean knows(long processInstanceKey) {
        return found(engine.newSetVariablesCommand(processInstanceKey).variables(Map.of()));
    }

    private static boolean found(FinalCommandStep<?> command) {
        try {
            command.send().join();
            return true;
        } catch (ClientStatusException answer) {
            if (!Answers.notFound(answer)) {
                throw answer;
            }
            return false;
        }
    }

    /** Tells the journey of a milestone; that the engine knows it already is as good. */
    CompletionStage<?> publish(String epoch, Milestone milestone) {
        return engine.newPublishMessageCommand()
                .messageName(milestone.name())
                .correlationKey(milestone.key().toString())
                .messageId(epoch + ":" + milestone.id())
                .timeToLive(settings.messageTimeToLive())
                .variables(Map.of(
                        "milestone", milestone.name(),
                        "occurrence", milestone.occurrence(),
                        "parcel", milestone.parcel()))
                .send()
                .handle((done, trouble) -> {
                    if (trouble != null && !Answers.known(trouble)) {
                        throw new java.util.concurrent.CompletionException(trouble);
                    }
                    meters.published(milestone);
                    return done;
                });
    }

    /** Only facts that gateways ask for: the engine holds no personal data. */
    private static Map<String, @Nullable Object> facts(Order order) {
        var facts = new HashMap<String, @Nullable Object>();
        facts.put("brand", order.brand());
        facts.put(
                "tags",
                order.lines().stream()
                        .flatMap(line -> line.allTags().stream())
                        .distinct()
                        .toList());
        facts.put("country", order.country());
        facts.put("orderValue", order.value() == null ? null : order.value().amount());
        return facts;
    }

    private static String chosen(EvaluateDecisionResponse decision) {
        String output = decision.getDecisionOutput();
        return output == null || output.equals("null") ? STANDARD : output.replace("\"", "");
    }
}
