package io.porchlight.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.fulfillment.CarrierLinks;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** A letter draws the same progress as the page. */
class LetterProgressTest {

    private static final JourneyKey KEY = new JourneyKey("bottega", "1");

    /** Made, then either put aside or shipped, then home. */
    private static final JourneyModel FORK = new JourneyModel(
            "fork",
            "Fork",
            null,
            new Words("Start", "Confirmed", ""),
            List.of(step("made", 1), step("put-aside", 2), step("shipped", 3), step("home", 4)),
            List.of(),
            Map.of());

    @Test
    void leavesOutTheWayThatWasNotTaken() throws IOException {
        assertThat(progress(false, false, "made", "shipped"))
                .containsExactly("Confirmed done", "made done", "shipped done", "home now");
    }

    @Test
    void tellsNothingAfterAnEndThatCameEarly() throws IOException {
        assertThat(progress(true, false, "made")).containsExactly("Confirmed done", "made done");
    }

    @Test
    void namesNoStepOfAGift() throws IOException {
        assertThat(progress(false, true, "made")).containsExactly(" done", " done", " now", " next", " next");
    }

    @SuppressWarnings("unchecked")
    private static List<String> progress(boolean ended, boolean gift, String... happened) throws IOException {
        var step =
                new Step("Email", "standard/shipped", List.of("email"), "TRANSACTIONAL", null, null, null, "made", 1);
        var facts = new Facts(
                LetterTrial.notification(KEY, step, Occurrence.FIRST, null),
                new Order(
                        "bottega",
                        "1",
                        LetterTrial.NOW,
                        new Order.Customer("c", "Bob", null, null, "en", null, null),
                        List.of(new Order.Line("s", "Shoes", 1, null)),
                        null,
                        null,
                        null),
                LetterTrial.brand("bottega"),
                FORK,
                Arrays.stream(happened)
                        .map(name -> LetterTrial.milestone(
                                KEY, name, Milestone.WHOLE_ORDER, false, LetterTrial.JSON.createObjectNode()))
                        .toList(),
                List.of(),
                LetterTrial.AGREED,
                LetterTrial.LINKS,
                null,
                ended,
                gift,
                LetterTrial.NOW);
        CarrierLinks none = Mockito.mock();
        Mockito.when(none.known(Mockito.anyString())).thenReturn("");
        var drawn = (List<Map<String, String>>) new LetterValues(none).of(facts).get("progress");
        return drawn == null
                ? List.of()
                : drawn.stream()
                        .map(one -> one.get("label") + " " + one.get("state"))
                        .toList();
    }

    private static JourneyModel.Milestone step(String name, int rank) {
        return new JourneyModel.Milestone(name, rank, List.of(), false, true, new Words(name, name, ""));
    }
}
