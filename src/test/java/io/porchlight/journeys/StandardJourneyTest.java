package io.porchlight.journeys;

import static io.camunda.process.test.api.CamundaAssert.assertThatProcessInstance;
import static io.camunda.process.test.api.assertions.ProcessInstanceSelectors.byProcessId;
import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.process.test.api.CamundaSpringProcessTest;
import io.porchlight.orders.JourneyKey;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An order from stock, and what its customer hears. */
@CamundaSpringProcessTest
class StandardJourneyTest implements JourneyTest {

    @Autowired
    Stage stage;

    @Test
    void tellsThatItIsConfirmedShippedAndDelivered() {
        var jane = stage.order();
        waitsFor(jane, "Shipped", "shipped");
        stage.ledgerSays(jane, "OrderConfirmedEmail sent");

        stage.happened(jane, "shipped");
        waitsFor(jane, "Delivered", "delivered");
        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail sent");

        stage.happened(jane, "delivered");
        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail sent", "DeliveredEmail sent");

        assertThat(stage.letters(jane))
                .extracting(Stage::subject)
                .containsExactly(
                        "Your order " + jane.orderId() + " is confirmed",
                        "Your order " + jane.orderId() + " is on its way",
                        "Your order " + jane.orderId() + " has arrived");
        assertThatProcessInstance(byProcessId("standard"))
                .isCompleted()
                .hasNoActiveIncidents()
                .hasCompletedElementsInOrder(
                        "OrderPlaced",
                        "OrderConfirmedEmail",
                        "Shipped",
                        "ShippedEmail",
                        "Delivered",
                        "DeliveredEmail",
                        "JourneyEnded");
        stage.journeyIs(jane, "standard", "ended");
    }

    @Test
    void saysThatItArrivedWhenNobodySaidThatItLeft() {
        var jane = stage.order();
        waitsFor(jane, "Shipped", "shipped");

        stage.happened(jane, "delivered");

        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail skipped", "DeliveredEmail sent");
        assertThat(stage.reason(jane, "ShippedEmail")).startsWith("superseded: ");
        stage.journeyIs(jane, "standard", "ended");
    }

    @Test
    void endsWhenItsOrderIsCancelledAndSaysNothingMore() {
        var jane = stage.order();
        waitsFor(jane, "Shipped", "shipped");
        stage.ledgerSays(jane, "OrderConfirmedEmail sent");

        assertThat(stage.cancel(jane, "changed her mind").value()).isEqualTo(202);

        stage.journeyIs(jane, "standard", "ended");
        assertThatProcessInstance(byProcessId("standard")).isTerminated();
        assertThat(stage.report(jane, "late", "shipped", Map.of()).value()).isEqualTo(202);
        stage.ledgerSays(jane, "OrderConfirmedEmail sent");
        assertThat(stage.cancel(jane, "changed her mind").value()).isEqualTo(200);
        assertThat(stage.cancel(jane, "another reason").value()).isEqualTo(409);
    }

    @Test
    void endsAJourneyWhoseOrderWasCancelledBeforeItBegan() {
        var jane = stage.nextOrder();
        assertThat(stage.report(jane, "cancellation", "order-cancelled", Map.of("because", "no stock"))
                        .value())
                .isEqualTo(202);

        stage.place(jane, Map.of());

        stage.journeyIs(jane, "standard", "ended");
        assertThat(stage.letters(jane)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void takesACarriersScanAsShipped() {
        var jane = stage.order();
        waitsFor(jane, "Shipped", "shipped");

        stage.report(jane, "scan", "in-transit", Map.of("parcel", "p1"));

        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail sent");
    }

    @Test
    void saysShippedWithTheFirstParcelAndDeliveredWithTheLast() {
        var jane = stage.order();
        waitsFor(jane, "Shipped", "shipped");

        parcel(jane, "p1", "shipped", "cream");
        waitsFor(jane, "Delivered", "delivered");
        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail sent");
        parcel(jane, "p2", "shipped", "derby-42");
        parcel(jane, "p1", "delivered", "cream");
        waitsFor(jane, "Delivered", "delivered");
        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail sent");

        parcel(jane, "p2", "delivered", "derby-42");

        stage.ledgerSays(jane, "OrderConfirmedEmail sent", "ShippedEmail sent", "DeliveredEmail sent");
        stage.journeyIs(jane, "standard", "ended");
    }

    @Test
    void writesItalianToWhoReadsItalian() {
        var gianna = stage.nextOrder();
        stage.place(gianna, Map.of("locale", "it-IT", "timeZone", "Europe/Rome"));

        stage.ledgerSays(gianna, "OrderConfirmedEmail sent");
        assertThat(stage.letters(gianna))
                .extracting(Stage::subject)
                .containsExactly("Il tuo ordine " + gianna.orderId() + " è confermato");
    }

    @Test
    void goesOnWithoutLettersWhenThereIsNoAddress() {
        var jane = stage.nextOrder();
        stage.place(jane, Map.of("email", ""));
        waitsFor(jane, "Shipped", "shipped");

        stage.happened(jane, "shipped");

        waitsFor(jane, "Delivered", "delivered");
        stage.ledgerSays(jane, "OrderConfirmedEmail skipped", "ShippedEmail skipped");
        assertThat(stage.reason(jane, "ShippedEmail")).startsWith("unreachable: ");
    }

    @Test
    void printsStrangeNamesAndNeverEvaluatesThem() throws Exception {
        String name = "${brand.name} [[${order.id}]] <script>alert(1)</script>";
        var stranger = stage.nextOrder();
        stage.place(stranger, Map.of("name", name));

        stage.ledgerSays(stranger, "OrderConfirmedEmail sent");
        var letter = stage.letters(stranger).getFirst();
        var to = (InternetAddress) letter.getRecipients(RecipientType.TO)[0];
        assertThat(to.getPersonal()).isEqualTo(name);
        assertThat(Stage.html(letter)).contains("Dear ${brand.name},").doesNotContain("<script");
    }

    @Test
    void findsOutWhichStoryByTheTagOfAnyLine() {
        var jane = stage.order("made-to-order");
        var bob = stage.order("made-to-order", "italian-shoes");

        stage.journeyIs(jane, "standard", "running");
        stage.journeyIs(bob, "italian-shoes", "running");
    }

    private void parcel(JourneyKey key, String parcel, String milestone, String sku) {
        assertThat(stage.report(key, parcel + milestone, milestone, Map.of("parcel", parcel, "lines", List.of(sku)))
                        .value())
                .isEqualTo(202);
    }

    private void waitsFor(JourneyKey key, String element, String milestone) {
        stage.journeyIs(key, "standard", "running");
        assertThatProcessInstance(byProcessId("standard"))
                .hasActiveElementsExactly(element)
                .isWaitingForMessage(milestone, key.toString());
    }
}
