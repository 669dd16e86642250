package io.porchlight.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.fulfillment.Milestone.State;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of everything that happened to one order. */
class StoryTest {

    private static final Instant MORNING = Instant.parse("2026-11-24T08:00:00Z");
    private static final JourneyModel MODEL = new JourneyModel(
            "trial",
            "Trial",
            null,
            words("OrderPlaced"),
            List.of(
                    known("cut", 1, false, List.of()),
                    known("made", 2, false, List.of("cut")),
                    known("shipped", 3, false, List.of("cut", "made")),
                    known("out-for-delivery", 0, true, List.of()),
                    known("delivered", 4, false, List.of("cut", "made", "shipped"))),
            List.of(),
            Map.of());

    private final List<Milestone> milestones = new ArrayList<>();
    private final Map<String, Integer> lines = new TreeMap<>(Map.of("cream", 2, "derby", 1));
    private @Nullable String zone = "America/New_York";

    @Test
    void impliesWhatMustHaveHappenedBeforeAndNobodyReported() {
        happened("shipped");

        assertThat(story().implied()).containsExactly("cut", "made");
    }

    @Test
    void impliesNothingThatIsRecordedAlready() {
        happened("cut");
        happened("shipped");

        assertThat(story().implied()).containsExactly("made");
    }

    @Test
    void impliesNothingFromOneParcelOrFromWhatTheModelDoesNotKnow() {
        happened("shipped", "p1");
        happened("soles-sewn");

        assertThat(story().implied()).isEmpty();
    }

    @Test
    void takesTheOrderAsShippedWithItsFirstParcel() {
        happened("shipped", "p1", "cream");

        assertThat(story().wholeOrder()).containsExactly("shipped");
    }

    @Test
    void takesNothingFromParcelsThatWasReportedOfTheOrder() {
        happened("shipped");
        happened("shipped", "p1");

        assertThat(story().wholeOrder()).isEmpty();
    }

    @Test
    void takesTheOrderAsDeliveredOnlyWhenAllItsParcelsAre() {
        happened("shipped", "p1", "cream");
        happened("shipped", "p2", "derby");
        happened("delivered", "p1", "cream");
        assertThat(story().wholeOrder()).containsExactly("shipped");

        happened("delivered", "p2", "derby");
        assertThat(story().wholeOrder()).containsExactly("shipped", "delivered");
    }

    @Test
    void waitsForAParcelThatNobodySpokeOfYet() {
        happened("delivered", "p1", "cream");

        assertThat(story().wholeOrder()).containsExactly("shipped");
    }

    @Test
    void countsHowManyOfALineAParcelHolds() {
        happened("delivered", "p1", "derby", Map.of("cream", 1));
        assertThat(story().wholeOrder()).containsExactly("shipped");

        happened("delivered", "p2", "", Map.of("cream", 1));
        assertThat(story().wholeOrder()).containsExactly("shipped", "delivered");
    }

    @Test
    void doesNotCountTheSameParcelTwice() {
        happened("shipped", "p1", "derby", Map.of("cream", 1));
        happened("delivered", "p1", "derby", Map.of("cream", 1));

        assertThat(story().wholeOrder()).doesNotContain("delivered");
    }

    @Test
    void takesAParcelWithoutLinesToHoldTheRest() {
        happened("delivered", "p1");

        assertThat(story().wholeOrder()).containsExactly("shipped", "delivered");
    }

    @Test
    void publishesTheFirstOfAMilestoneAndKeepsTheRestAsHistory() {
        happened("cut");
        happened("cut");

        assertThat(routes()).containsExactly(State.NEW, State.HISTORY);
    }

    @Test
    void recordsWhatTheModelDoesNotWaitFor() {
        happened("soles-sewn");
        happened("shipped", "p1");

        assertThat(routes()).containsExactly(State.RECORDED, State.RECORDED);
    }

    @Test
    void publishesWhatMayRecurOfOneParcel() {
        happened("out-for-delivery", "p1");

        assertThat(routes()).containsExactly(State.NEW);
    }

    @Test
    void letsAMilestoneRecurOnANewDayOnly() {
        happened("out-for-delivery", MORNING);
        happened("out-for-delivery", MORNING.plusSeconds(3600));
        happened("out-for-delivery", MORNING.plusSeconds(86_400));

        assertThat(routes()).containsExactly(State.NEW, State.HISTORY, State.NEW);
    }

    /** 03:00 and 06:00 UTC are the evening and the night of two days in New York. */
    @Test
    void countsDaysByTheCustomersCalendar() {
        var evening = Instant.parse("2026-11-24T03:00:00Z");
        happened("out-for-delivery", evening);
        happened("out-for-delivery", evening.plusSeconds(3 * 3600));
        assertThat(routes()).containsExactly(State.NEW, State.NEW);

        zone = null;
        assertThat(routes()).containsExactly(State.NEW, State.HISTORY);
    }

    @Test
    void looksOnlyAtWhatHasWaited() {
        milestones.add(milestone("cut", Milestone.WHOLE_ORDER, MORNING, details("", Map.of()), State.PUBLISHED));

        assertThat(story().routes()).isEmpty();
    }

    private List<State> routes() {
        return List.copyOf(story().routes().values());
    }

    private Story story() {
        return new Story(MODEL, order(), milestones);
    }

    private void happened(String name) {
        happened(name, MORNING);
    }

    private void happened(String name, Instant at) {
        milestones.add(milestone(name, Milestone.WHOLE_ORDER, at, details("", Map.of()), State.WAITING));
    }

    private void happened(String name, String parcel, String... skus) {
        happened(name, parcel, String.join(",", skus), Map.of());
    }

    private void happened(String name, String parcel, String skus, Map<String, Integer> counted) {
        milestones.add(milestone(name, parcel, MORNING, details(skus, counted), State.WAITING));
    }

    private Milestone milestone(String name, String parcel, Instant at, JsonNode details, State state) {
        int occurrence = 1
                + (int) milestones.stream()
                        .filter(other ->
                                other.name().equals(name) && other.parcel().equals(parcel))
                        .count();
        return new Milestone(
                milestones.size() + 1L, order().journeyKey(), name, parcel, occurrence, false, at, at, details, state);
    }

    private static JsonNode details(String skus, Map<String, Integer> counted) {
        var details = JsonNodeFactory.instance.objectNode();
        var lines = details.putArray("lines");
        Arrays.stream(skus.split(",", -1)).filter(sku -> !sku.isEmpty()).forEach(lines::add);
        counted.forEach((sku, quantity) -> lines.addObject().put("sku", sku).put("quantity", quantity));
        return details;
    }

    private Order order() {
        return new Order(
                "bottega",
                "1001",
                MORNING,
                new Order.Customer("c-77", null, null, null, null, zone, null),
                lines.entrySet().stream()
                        .map(line -> new Order.Line(line.getKey(), line.getKey(), line.getValue(), null))
                        .toList(),
                null,
                null,
                null);
    }

    private static JourneyModel.Milestone known(String name, int rank, boolean recurs, List<String> follows) {
        return new JourneyModel.Milestone(name, rank, follows, recurs, !recurs, words(name));
    }

    private static Words words(String id) {
        return new Words(id, id, "");
    }
}
