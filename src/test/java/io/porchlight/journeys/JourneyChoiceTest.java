package io.porchlight.journeys;

import static io.camunda.process.test.api.CamundaAssert.assertThatDecision;
import static io.camunda.process.test.api.assertions.DecisionSelectors.byId;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.process.test.api.CamundaSpringProcessTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The marketers' table: which story an order's customer hears. */
@CamundaSpringProcessTest
class JourneyChoiceTest implements JourneyTest {

    @Autowired
    CamundaClient engine;

    @Autowired
    Epoch epoch;

    @BeforeEach
    void waitUntilTheTableIsDeployed() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> epoch.current().isPresent());
    }

    @Test
    void tellsTheLongStoryOfItalianShoes() {
        choose(List.of("made-to-order", "italian-shoes"), "bottega", "US", new BigDecimal("420.50"));

        assertThatDecision(byId("choose-journey"))
                .isEvaluated()
                .hasOutput("italian-shoes")
                .hasMatchedRules(1);
    }

    @Test
    void tellsTheStandardStoryOfEverythingElse() {
        choose(List.of("socks"), "bottega", "IT", new BigDecimal("12"));

        assertThatDecision(byId("choose-journey")).hasOutput("standard").hasMatchedRules(2);
    }

    @Test
    void tellsTheStandardStoryWhenNothingIsTagged() {
        choose(List.of(), "bottega", null, null);

        assertThatDecision(byId("choose-journey")).hasOutput("standard").hasMatchedRules(2);
    }

    @Test
    void tellsTheStandardStoryWhenNothingIsKnown() {
        choose(null, null, null, null);

        assertThatDecision(byId("choose-journey")).hasOutput("standard").hasMatchedRules(2);
    }

    @Test
    void needsOnlyTheTagToTellTheLongStory() {
        choose(List.of("italian-shoes"), null, null, null);

        assertThatDecision(byId("choose-journey")).hasOutput("italian-shoes").hasMatchedRules(1);
    }

    private void choose(
            @Nullable List<String> tags,
            @Nullable String brand,
            @Nullable String country,
            @Nullable BigDecimal orderValue) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("tags", tags);
        facts.put("brand", brand);
        facts.put("country", country);
        facts.put("orderValue", orderValue);
        engine.newEvaluateDecisionCommand()
                .decisionId("choose-journey")
                .variables(facts)
                .send()
                .join();
    }
}
