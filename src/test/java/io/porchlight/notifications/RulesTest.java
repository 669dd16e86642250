package io.porchlight.notifications;

import static io.porchlight.notifications.LetterTrial.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.notifications.Verdict.Skip;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a letter stays home. */
class RulesTest {

    private static final JourneyKey KEY = new JourneyKey("bottega", "1001");
    private static final JourneyModel MODEL = new JourneyModel(
            "trial",
            "Trial",
            null,
            words("OrderPlaced"),
            List.of(known("cut", 1), known("shipped", 2), known("delivered", 3)),
            List.of(),
            Map.of());

    private final Superseded superseded = new Superseded();

    @Test
    void sendsNewsThatIsTheNewest() throws IOException {
        assertThat(superseded.objection(facts("cut", 1, Occurrence.FIRST, happened("cut"))))
                .isEmpty();
    }

    @Test
    void keepsNewsHomeWhenMoreIsKnown() throws IOException {
        var verdict = superseded.objection(facts("cut", 1, Occurrence.FIRST, happened("cut"), happened("shipped")));

        assertThat(reason(verdict)).startsWith("superseded: ").contains("\"shipped\"");
    }

    @Test
    void keepsNewsHomeThatNobodyReported() throws IOException {
        var verdict = superseded.objection(facts("cut", 1, Occurrence.FIRST, implied("cut")));

        assertThat(reason(verdict)).startsWith("superseded: nobody reported \"cut\"");
    }

    @Test
    void alwaysSendsTheConfirmation() throws IOException {
        assertThat(superseded.objection(facts(null, 0, Occurrence.FIRST, happened("delivered"))))
                .isEmpty();
    }

    @Test
    void doesNotLetOneParcelSupersedeAnother() throws IOException {
        var second = new Occurrence("p2", 1);

        assertThat(superseded.objection(
                        facts("shipped", 2, second, of("p2", "shipped"), of("p1", "delivered"), happened("delivered"))))
                .isEmpty();
        assertThat(superseded.objection(facts("shipped", 2, second, of("p2", "shipped"), of("p2", "delivered"))))
                .isPresent();
    }

    @Test
    void doesNotLetAParcelSupersedeTheOrder() throws IOException {
        assertThat(superseded.objection(
                        facts("shipped", 2, Occurrence.FIRST, happened("shipped"), of("p1", "delivered"))))
                .isEmpty();
    }

    @Test
    void isNotSupersededByWhatTheModelDoesNotKnow() throws IOException {
        assertThat(superseded.objection(facts("cut", 1, Occurrence.FIRST, happened("cut"), happened("soles-sewn"))))
                .isEmpty();
    }

    @Test
    void leavesOutWhatIsNoLongerTrue() throws IOException {
        var expired = new Expired();

        assertThat(expired.objection(until(null))).isEmpty();
        assertThat(expired.objection(until(NOW))).isEmpty();
        assertThat(reason(expired.objection(until(NOW.minusMillis(1))))).startsWith("expired: ");
    }

    @Test
    void writesToNobodyWithoutAnAddress() throws IOException {
        var unreachable = new Unreachable();

        assertThat(unreachable.objection(facts("cut", 1, Occurrence.FIRST, "bob@example.com", null)))
                .isEmpty();
        assertThat(reason(unreachable.objection(facts("cut", 1, Occurrence.FIRST, (String) null, null))))
                .startsWith("unreachable: ");
    }

    @Test
    void saysNothingMoreOfACancelledOrder() throws IOException {
        var cancelled = new Cancelled();
        var word = LetterTrial.milestone(
                KEY,
                Milestone.ORDER_CANCELLED,
                Milestone.WHOLE_ORDER,
                false,
                JsonNodeFactory.instance.objectNode().put("because", "changed her mind"));

        assertThat(reason(cancelled.objection(facts("cut", 1, Occurrence.FIRST, happened("cut"), word))))
                .startsWith("cancelled: ")
                .endsWith("(changed her mind)");
        assertThat(reason(cancelled.objection(facts(null, 0, Occurrence.FIRST, word))))
                .startsWith("cancelled: ");
        assertThat(cancelled.objection(facts("cut", 1, Occurrence.FIRST, happened("cut"))))
                .isEmpty();
    }

    @Test
    void tellsThatAnOrderWasCancelledWhenTheModelWants() throws IOException {
        assertThat(new Cancelled()
                        .objection(facts(
                                Milestone.ORDER_CANCELLED, 0, Occurrence.FIRST, happened(Milestone.ORDER_CANCELLED))))
                .isEmpty();
    }

    private static String reason(Optional<Verdict> verdict) {
        return verdict.map(Skip.class::cast).map(Skip::reason).orElse("");
    }

    private static Milestone happened(String name) {
        return of(Milestone.WHOLE_ORDER, name);
    }

    private static Milestone of(String parcel, String name) {
        return LetterTrial.milestone(KEY, name, parcel, false, JsonNodeFactory.instance.objectNode());
    }

    private static Milestone implied(String name) {
        return LetterTrial.milestone(KEY, name, Milestone.WHOLE_ORDER, true, JsonNodeFactory.instance.objectNode());
    }

    private static Facts until(@Nullable Instant validUntil) throws IOException {
        return facts("cut", 1, Occurrence.FIRST, "bob@example.com", validUntil);
    }

    private static Facts facts(@Nullable String milestone, int rank, Occurrence occurrence, Milestone... milestones)
            throws IOException {
        return facts(milestone, rank, occurrence, "bob@example.com", null, milestones);
    }

    private static Facts facts(
            @Nullable String milestone,
            int rank,
            Occurrence occurrence,
            @Nullable String email,
            @Nullable Instant validUntil,
            Milestone... milestones)
            throws IOException {
        Brand brand = LetterTrial.brand("bottega");
        var step = new Step(
                "Mail",
                "trial/letter",
                List.of("email"),
                "TRANSACTIONAL",
                Duration.ofDays(3),
                null,
                null,
                milestone,
                rank);
        return new Facts(
                LetterTrial.notification(KEY, step, occurrence, validUntil),
                new Order(
                        "bottega",
                        "1001",
                        NOW,
                        new Order.Customer("c-77", null, email, null, null, null, null),
                        List.of(new Order.Line("derby", "Derby", 1, null)),
                        null,
                        null,
                        null),
                brand,
                MODEL,
                List.of(milestones),
                List.of(),
                LetterTrial.AGREED,
                LetterTrial.LINKS,
                null,
                false,
                false,
                NOW);
    }

    private static JourneyModel.Milestone known(String name, int rank) {
        return new JourneyModel.Milestone(name, rank, List.of(), false, true, words(name));
    }

    private static Words words(String id) {
        return new Words(id, id, "");
    }
}
