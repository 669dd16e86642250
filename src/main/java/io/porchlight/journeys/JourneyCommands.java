package io.porchlight.journeys;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.response.EvaluateDecisionResponse;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.orders.Order;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the application tells the process: that an order begins its journey, and what happened to it. */
@Component
class JourneyCommands {

    private static final String DECISION = "choose-journey";
    private static final String STANDARD = "standard";

    /** A table that somebody changes in the cluster counts after this long. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private static final int MOST_CHOICES = 1_000;

    private final CamundaClient engine;
    private final JourneySettings settings;
    private final MilestoneMeters meters;

    /** Orders of which the same is known take the same journey; asking the table for each was a tenth of the engine's work. */
    private final AsyncCache<Map<String, @Nullable Object>, String> choices = Caffeine.newBuilder()
            .expireAfterWrite(GOOD_FOR)
            .maximumSize(MOST_CHOICES)
            .executor(Runnable::run)
            .buildAsync();

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
        return choices.get(facts, (same, executor) -> choose(same))
                .thenCompose(process -> start(process, order, facts));
    }

    private CompletableFuture<String> choose(Map<String, @Nullable Object> facts) {
        return engine.newEvaluateDecisionCommand()
                .decisionId(DECISION)
                .variables(facts)
                .send()
                .thenApply(JourneyCommands::chosen)
                .toCompletableFuture();
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
                        throw new CompletionException(trouble);
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
