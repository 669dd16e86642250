package io.porchlight.journeys;

import static io.camunda.process.test.api.CamundaAssert.assertThatProcessInstance;
import static io.camunda.process.test.api.assertions.ProcessInstanceSelectors.byKey;
import static io.camunda.process.test.api.assertions.ProcessInstanceSelectors.byProcessId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.CamundaClient;
import io.camunda.process.test.api.CamundaSpringProcessTest;
import io.porchlight.orders.Journey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Six weeks of a pair of Italian shoes, and what its customer hears meanwhile. */
@CamundaSpringProcessTest
class ItalianShoesJourneyTest implements JourneyTest {

    private static final String TAG = "italian-shoes";

    @Autowired
    Stage stage;

    @Autowired
    CamundaClient engine;

    @Autowired
    Journeys journeys;

    @Test
    void bringsEachLetterWhenItHasReallyHappened() {
        var bob = stage.order(TAG);
        stage.ledgerSays(bob, "OrderConfirmedEmail sent");
        waitsFor(bob, "LeatherCut", "leather-cut");

        stage.happened(bob, "leather-cut");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent");
        waitsFor(bob, "ShoesMade", "shoes-made");

        stage.happened(bob, "shoes-made");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent", "ShoesMadeEmail sent");
        waitsFor(bob, "AtWarehouse", "at-warehouse");

        stage.happened(bob, "at-warehouse");
        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail sent",
                "ShoesMadeEmail sent",
                "AtWarehouseEmail sent");
        waitsFor(bob, "Shipped", "shipped");

        stage.happened(bob, "shipped");
        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail sent",
                "ShoesMadeEmail sent",
                "AtWarehouseEmail sent",
                "ShippedEmail sent");
        waitsFor(bob, "Delivered", "delivered");

        stage.happened(bob, "delivered");
        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail sent",
                "ShoesMadeEmail sent",
                "AtWarehouseEmail sent",
                "ShippedEmail sent",
                "DeliveredEmail sent");

        assertThat(stage.letters(bob))
                .extracting(Stage::subject)
                .containsExactly(
                        "Your order " + bob.orderId() + " is confirmed",
                        "The leather for your shoes is cut",
                        "Your shoes are made",
                        "Your shoes have reached our warehouse",
                        "Your shoes are on their way to you",
                        "Your shoes have arrived");
        assertThatProcessInstance(byKey(instance(bob)))
                .isCompleted()
                .hasNoActiveIncidents()
                .hasCompletedElementsInOrder(
                        "OrderPlaced",
                        "OrderConfirmedEmail",
                        "LeatherCut",
                        "LeatherCutEmail",
                        "ShoesMade",
                        "ShoesMadeEmail",
                        "AtWarehouse",
                        "AtWarehouseEmail",
                        "Shipped",
                        "ShippedEmail",
                        "Delivered",
                        "DeliveredEmail",
                        "JourneyEnded");
        stage.journeyIs(bob, "italian-shoes", "ended");
    }

    @Test
    void tellsOnlyTheNewestTruthWhenTheWorkshopForgotToScan() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent");

        stage.happened(bob, "shipped");

        waitsFor(bob, "Delivered", "delivered");
        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail skipped",
                "ShoesMadeEmail skipped",
                "AtWarehouseEmail skipped",
                "ShippedEmail sent");
        for (String step : List.of("LeatherCutEmail", "ShoesMadeEmail", "AtWarehouseEmail")) {
            assertThat(stage.reason(bob, step)).startsWith("superseded: ").contains("shipped");
        }
        assertThat(milestones(bob))
                .containsExactlyInAnyOrder(
                        "leather-cut implied", "shoes-made implied", "at-warehouse implied", "shipped reported");
    }

    @Test
    void showsAnOlderMilestoneThatArrivesLateAndSendsNothing() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");
        stage.happened(bob, "shipped");
        waitsFor(bob, "Delivered", "delivered");
        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail skipped",
                "ShoesMadeEmail skipped",
                "AtWarehouseEmail skipped",
                "ShippedEmail sent");

        stage.happened(bob, "leather-cut");
        stage.happened(bob, "delivered");

        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail skipped",
                "ShoesMadeEmail skipped",
                "AtWarehouseEmail skipped",
                "ShippedEmail sent",
                "DeliveredEmail sent");
        assertThat(milestones(bob)).contains("leather-cut reported", "shoes-made implied");
    }

    @Test
    void keepsMilestonesThatCameBeforeTheirOrder() {
        var bob = stage.nextOrder();
        stage.happened(bob, "leather-cut");
        stage.happened(bob, "shoes-made");

        stage.place(bob, Map.of(), TAG);

        waitsFor(bob, "AtWarehouse", "at-warehouse");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail skipped", "ShoesMadeEmail sent");
    }

    @Test
    void tellsNothingTwiceHoweverOftenItIsReported() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");

        assertThat(stage.report(bob, "ws-1", "leather-cut", Map.of()).value()).isEqualTo(202);
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent");
        assertThat(stage.report(bob, "ws-1", "leather-cut", Map.of()).value()).isEqualTo(200);
        assertThat(stage.report(bob, "ws-1", "leather-cut", Map.of("note", "other"))
                        .value())
                .isEqualTo(409);
        assertThat(stage.report(bob, "ws-2", "leather-cut", Map.of()).value()).isEqualTo(202);
        stage.happened(bob, "shoes-made");

        waitsFor(bob, "AtWarehouse", "at-warehouse");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent", "ShoesMadeEmail sent");
        assertThat(states(bob))
                .containsExactly("leather-cut correlated", "leather-cut history", "shoes-made correlated");
    }

    @Test
    void recordsWhatItsModelDoesNotWaitFor() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");

        stage.happened(bob, "soles-sewn");
        stage.happened(bob, "leather-cut");

        waitsFor(bob, "ShoesMade", "shoes-made");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent");
        assertThat(states(bob)).contains("soles-sewn recorded");
    }

    @Test
    void showsWhatIsReportedAfterTheEndAndSendsNothing() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent");
        stage.happened(bob, "delivered");
        stage.journeyIs(bob, "italian-shoes", "ended");

        assertThat(stage.report(bob, "late", "out-for-delivery", Map.of()).value())
                .isEqualTo(202);
        assertThat(stage.report(bob, "again", "delivered", Map.of()).value()).isEqualTo(202);

        assertThat(states(bob)).contains("out-for-delivery history", "delivered history");
        stage.ledgerSays(
                bob,
                "OrderConfirmedEmail sent",
                "LeatherCutEmail skipped",
                "ShoesMadeEmail skipped",
                "AtWarehouseEmail skipped",
                "ShippedEmail skipped",
                "DeliveredEmail sent");
    }

    @Test
    void cancelsASecondInstanceOfTheSameJourney() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");
        long own = instance(bob);

        long second = begin(bob);

        assertThatProcessInstance(byKey(second)).isTerminated().hasNotActivatedElements("OrderConfirmedEmail");
        assertThatProcessInstance(byKey(own)).isActive();
        stage.happened(bob, "leather-cut");
        waitsFor(bob, "ShoesMade", "shoes-made");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent");
        assertThat(instance(bob)).isEqualTo(own);
    }

    /** A broker that was killed, or a new leader, does its last work again: under other keys. */
    @Test
    void goesOnInAnotherInstanceWhenTheEngineHasLostItsOwn() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent");
        engine.newCancelInstanceCommand(instance(bob)).send().join();
        stage.happened(bob, "leather-cut");

        long second = begin(bob);

        assertThatProcessInstance(byKey(second)).hasCompletedElements("LeatherCut");
        assertThat(instance(bob)).isEqualTo(second);
        waitsFor(bob, "ShoesMade", "shoes-made");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent");
        assertThat(stage.letters(bob)).hasSize(2);
    }

    @Test
    void goesOnInANewEngineAndSendsNoLetterTwice() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");
        stage.happened(bob, "leather-cut");
        waitsFor(bob, "ShoesMade", "shoes-made");
        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent");

        stage.loseTheEngine();
        stage.happened(bob, "shoes-made");

        stage.ledgerSays(bob, "OrderConfirmedEmail sent", "LeatherCutEmail sent", "ShoesMadeEmail sent");
        waitsFor(bob, "AtWarehouse", "at-warehouse");
        assertThatProcessInstance(byProcessId("italian-shoes"))
                .isActive()
                .hasCompletedElementsInOrder("OrderConfirmedEmail", "LeatherCutEmail", "ShoesMadeEmail")
                .hasNoActiveIncidents();
    }

    @Test
    void keepsPersonsOutOfTheEngine() {
        var bob = stage.order(TAG);
        waitsFor(bob, "LeatherCut", "leather-cut");

        assertThatProcessInstance(byKey(instance(bob)))
                .hasVariableNames("journeyKey", "brand", "tags", "country", "orderValue");
        assertThat(engine.newVariableSearchRequest()
                        .filter(filter -> filter.processInstanceKey(instance(bob)))
                        .send()
                        .join()
                        .items())
                .hasSize(5)
                .noneMatch(variable -> variable.getValue().contains("Bob")
                        || variable.getValue().contains("@"));
    }

    private void waitsFor(JourneyKey key, String element, String milestone) {
        stage.journeyIs(key, "italian-shoes", "running");
        assertThatProcessInstance(byKey(instance(key)))
                .hasActiveElementsExactly(element)
                .isWaitingForMessage(milestone, key.toString());
    }

    private long begin(JourneyKey key) {
        return engine.newCreateInstanceCommand()
                .bpmnProcessId("italian-shoes")
                .latestVersion()
                .variables(Map.of("journeyKey", key.toString()))
                .send()
                .join()
                .getProcessInstanceKey();
    }

    private long instance(JourneyKey key) {
        return journeys.find(key).map(Journey::travel).orElseThrow().processInstanceKey();
    }

    private List<String> milestones(JourneyKey key) {
        return lines(key, milestone -> milestone.path("implied").asBoolean() ? "implied" : "reported");
    }

    private List<String> states(JourneyKey key) {
        return lines(key, milestone -> milestone.path("state").asText());
    }

    private List<String> lines(JourneyKey key, java.util.function.Function<JsonNode, String> what) {
        return StreamSupport.stream(stage.timeline(key).path("milestones").spliterator(), false)
                .map(milestone -> milestone.path("name").asText() + " " + what.apply(milestone))
                .toList();
    }
}
