package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minute of a newcomer: the packaged application, a real broker, a real mail server, and Bob. */
@Aside
class StoryIT {

    private static final List<String> STORY = List.of(
            "Your order 1001 is confirmed",
            "The leather for your shoes is cut",
            "Your shoes are made",
            "Your shoes have reached our warehouse",
            "Your shoes are on their way to you",
            "Your shoes have arrived");

    @TempDir
    Path folder;

    @Test
    void bobGetsSixLettersInOrderAndTheConsoleTellsHisStoryOnce() throws Exception {
        int smtp = RunningPorchlight.freePort();
        try (var letterbox = new Letterbox(smtp);
                var porchlight = RunningPorchlight.asInstalled(
                        folder.resolve("home"),
                        List.of(
                                "--spring.mail.host=127.0.0.1",
                                "--spring.mail.port=" + smtp,
                                "--porchlight.story.pace=1s"))) {
            RunningPorchlight.await(
                    "six letters are there", () -> letterbox.letters().size() >= 6);
            assertThat(letterbox.subjectsTo("bob@example.com")).containsExactlyElementsOf(STORY);
            RunningPorchlight.await(
                    "the journey has ended", () -> state(porchlight).equals("ended"));
            assertThat(notifications(porchlight))
                    .hasSize(6)
                    .allMatch(line -> line.path("state").asText().equals("sent"));
            RunningPorchlight.await(
                    "the story is told to its end", () -> told(porchlight).contains("curl -H"));
            assertThat(told(porchlight)).contains("Bob has ordered", "leather-cut", "delivered");

            assertThat(porchlight.stop()).as("a stop is no failure").isIn(0, 143);
            assertThat(porchlight.brokers())
                    .as("the broker stops with the application")
                    .isEmpty();

            porchlight.startAgain();
            porchlight.awaitReadyForOrders();
            assertThat(state(porchlight)).isEqualTo("ended");
            assertThat(letterbox.letters()).as("the story is told once").hasSize(6);
        }
    }

    private static String told(RunningPorchlight porchlight) {
        try {
            return porchlight.told();
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static String state(RunningPorchlight porchlight) {
        try {
            return porchlight.order("1001").path("journey").path("state").asText();
        } catch (java.io.IOException away) {
            return "";
        }
    }

    private static List<JsonNode> notifications(RunningPorchlight porchlight) throws java.io.IOException {
        var lines = new ArrayList<JsonNode>();
        porchlight.order("1001").path("notifications").forEach(lines::add);
        return lines;
    }
}
