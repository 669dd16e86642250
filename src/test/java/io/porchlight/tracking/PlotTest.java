package io.porchlight.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.brands.Brand;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Wish;
import io.porchlight.tracking.Page.Chapter;
import io.porchlight.tracking.Page.State;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlotTest {

    private static final Instant PLACED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final JourneyKey KEY = new JourneyKey("bottega", "1");

    /** Made, then either shipped or put aside for the customer, then home. */
    private static final JourneyModel MODEL = new JourneyModel(
            "fork",
            "Fork",
            null,
            new Words("Start", "Confirmed", ""),
            List.of(step("made", 1), step("put-aside", 2), step("shipped", 2), step("home", 3)),
            List.of(),
            Map.of());

    @Test
    void leavesOutTheWayThatWasNotTaken() {
        var plot = plot(false, at("made", 2), at("shipped", 3), at("home", 5));

        assertThat(plot.chapters())
                .extracting(Chapter::id)
                .containsExactly("order-confirmed", "made", "shipped", "home");
        assertThat(plot.complete()).isTrue();
        assertThat(plot.next()).isEmpty();
    }

    @Test
    void tellsNothingAfterAnEndThatCameEarly() {
        var plot = plot(true, at("made", 2));

        assertThat(plot.chapters()).extracting(Chapter::id).containsExactly("order-confirmed", "made");
        assertThat(plot.complete()).isFalse();
        assertThat(plot.next()).isEmpty();
    }

    @Test
    void tellsWhatHappenedBesideTheStoryWhereItBelongs() {
        var plot = plot(false, at("made", 2), at("shipped", 4), at("customs-cleared", 3), at("gift-wrapped", 1));

        assertThat(plot.chapters())
                .filteredOn(chapter -> !chapter.events().isEmpty())
                .extracting(chapter ->
                        chapter.id() + " " + chapter.events().getFirst().plainName())
                .containsExactly("order-confirmed Gift wrapped", "made Customs cleared");
    }

    @Test
    void doesNotKnowTheTimeOfWhatWasOnlyImplied() {
        var plot = plot(false, milestone("made", null, true), at("shipped", 4));

        var made = plot.chapters().get(1);
        assertThat(made.state()).isEqualTo(State.DONE);
        assertThat(made.implied()).isTrue();
        assertThat(made.at()).isNull();
    }

    private static Plot plot(boolean ended, Milestone... milestones) {
        var settings = new TrackingSettings(1, 1, java.time.Duration.ZERO, java.time.Duration.ZERO, List.of());
        var facts = new Facts(
                order(),
                brand(),
                Optional.of(MODEL),
                ended,
                Arrays.asList(milestones),
                List.of(),
                List.of(),
                Wish.NONE,
                Map.of(),
                NOW);
        // No milestone here has a link, so nobody asks which carriers are known.
        return new Plot(facts, Days.of(facts), new Attachments(org.mockito.Mockito.mock(), settings));
    }

    private static JourneyModel.Milestone step(String name, int rank) {
        return new JourneyModel.Milestone(name, rank, List.of(), false, true, new Words(name, name, ""));
    }

    private static Milestone at(String name, int day) {
        return milestone(name, PLACED.plusSeconds(86_400L * day), false);
    }

    private static Milestone milestone(String name, @Nullable Instant at, boolean implied) {
        return new Milestone(
                1,
                KEY,
                name,
                Milestone.WHOLE_ORDER,
                1,
                implied,
                at,
                NOW,
                JsonNodeFactory.instance.objectNode(),
                Milestone.State.CORRELATED);
    }

    private static Order order() {
        var customer = new Order.Customer("c", "Bob", null, null, "en", "Europe/Rome", null);
        return new Order(
                "bottega", "1", PLACED, customer, List.of(new Order.Line("s", "Shoes", 1, null)), null, null, null);
    }

    private static Brand brand() {
        return new Brand(
                "bottega",
                "Bottega",
                "t",
                URI.create("https://bottega.example"),
                "s",
                "r",
                "a",
                ZoneId.of("Europe/Rome"),
                List.of(Locale.ENGLISH),
                new Brand.QuietHours(LocalTime.MIN, LocalTime.MIN),
                new Brand.Colours("#000000", "#FFFFFF", "#000000", "#FFFFFF", "#000000", "#000000"),
                new Brand.Fonts("serif", "serif"));
    }
}
