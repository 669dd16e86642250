package io.porchlight.journeys;

import static io.porchlight.journeys.Drawing.catching;
import static io.porchlight.journeys.Drawing.end;
import static io.porchlight.journeys.Drawing.letter;
import static io.porchlight.journeys.Drawing.message;
import static io.porchlight.journeys.Drawing.path;
import static io.porchlight.journeys.Drawing.start;
import static io.porchlight.journeys.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Milestone;
import io.porchlight.models.JourneyModel.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a marketer's drawing says about its journey, and which drawings are handed back. */
class ModelReaderTest {

    @Test
    void ranksMilestonesInTheOrderOfTheStory() {
        var model = Drawing.of(
                        start("S"),
                        catching("B", "made"),
                        catching("A", "cut"),
                        catching("C", "shipped"),
                        end("E"),
                        path("S", "A", "B", "C", "E"))
                .read();

        assertThat(ranks(model)).containsExactly("cut 1", "made 2", "shipped 3");
        assertThat(follows(model, "shipped")).containsExactly("cut", "made");
        assertThat(follows(model, "cut")).isEmpty();
    }

    @Test
    void letsALetterTellOfTheNewestMilestoneBeforeIt() {
        var model = Drawing.of(
                        start("S"),
                        letter("Confirmed"),
                        catching("A", "cut"),
                        letter("Cut"),
                        end("E"),
                        path("S", "Confirmed", "A", "Cut", "E"))
                .read();

        assertThat(model.steps())
                .extracting(Step::id, Step::milestone, Step::rank, Step::validFor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Confirmed", null, 0, Duration.ofDays(3)),
                        org.assertj.core.groups.Tuple.tuple("Cut", "cut", 1, Duration.ofDays(3)));
    }

    @Test
    void impliesNothingThatLiesOnOneBranchOnly() {
        var model = Drawing.of(
                        start("S"),
                        catching("A", "ordered"),
                        "<bpmn:exclusiveGateway id=\"Split\" />",
                        catching("B", "dyed"),
                        catching("C", "engraved"),
                        "<bpmn:exclusiveGateway id=\"Join\" />",
                        catching("D", "shipped"),
                        end("E"),
                        path("S", "A", "Split", "B", "Join", "D", "E"),
                        path("Split", "C", "Join"))
                .read();

        assertThat(follows(model, "shipped")).containsExactly("ordered");
        assertThat(follows(model, "dyed")).containsExactly("ordered");
        assertThat(ranks(model)).containsExactly("ordered 1", "dyed 2", "engraved 2", "shipped 3");
    }

    /** Both branches of a parallel gateway must have been walked, but a path through the graph takes only one. */
    @Test
    void impliesNothingOfParallelBranchesSinceItCannotKnow() {
        var model = Drawing.of(
                        start("S"),
                        "<bpmn:parallelGateway id=\"Split\" />",
                        catching("B", "dyed"),
                        catching("C", "boxed"),
                        "<bpmn:parallelGateway id=\"Join\" />",
                        catching("D", "shipped"),
                        end("E"),
                        path("S", "Split", "B", "Join", "D", "E"),
                        path("Split", "C", "Join"))
                .read();

        assertThat(follows(model, "shipped")).isEmpty();
        assertThat(follows(model, "boxed")).isEmpty();
        assertThat(ranks(model)).containsExactly("dyed 1", "boxed 1", "shipped 2");
    }

    @Test
    void impliesNothingThatATimerCanPass() {
        var model = Drawing.of(
                        start("S"),
                        "<bpmn:receiveTask id=\"A\" messageRef=\"cutMessage\" />",
                        "<bpmn:boundaryEvent id=\"Late\" attachedToRef=\"A\">" + timer("Late", "timeDuration", "P3D")
                                + "</bpmn:boundaryEvent>",
                        catching("B", "shipped"),
                        end("E"),
                        path("S", "A", "B", "E"),
                        path("Late", "B"))
                .read();

        assertThat(ranks(model)).containsExactly("cut 1", "shipped 2");
        assertThat(follows(model, "shipped")).isEmpty();
    }

    @Test
    void neitherImpliesNorIsImpliedAtABoundary() {
        var model = Drawing.of(
                        start("S"),
                        "<bpmn:receiveTask id=\"A\" messageRef=\"deliveredMessage\" />",
                        "<bpmn:boundaryEvent id=\"Lost\" attachedToRef=\"A\">" + message("Lost", "lost")
                                + "</bpmn:boundaryEvent>",
                        catching("B", "found"),
                        end("E"),
                        end("F"),
                        path("S", "A", "E"),
                        path("Lost", "B", "F"))
                .read();

        assertThat(milestone(model, "lost").mainPath()).isFalse();
        assertThat(follows(model, "lost")).isEmpty();
        assertThat(follows(model, "found")).doesNotContain("lost");
        assertThat(follows(model, "delivered")).isEmpty();
    }

    @Test
    void letsAMilestoneBesideTheStoryRecur() {
        var model = Drawing.of(
                        start("S"),
                        catching("A", "shipped"),
                        catching("B", "delivered"),
                        end("E"),
                        path("S", "A", "B", "E"),
                        "<bpmn:subProcess id=\"Out\" triggeredByEvent=\"true\">",
                        "<bpmn:startEvent id=\"OutForDelivery\" isInterrupting=\"false\" name=\"Out\">"
                                + message("OutForDelivery", "out-for-delivery") + "</bpmn:startEvent>",
                        letter("OutEmail"),
                        end("OutEnd"),
                        path("OutForDelivery", "OutEmail", "OutEnd"),
                        "</bpmn:subProcess>")
                .read();

        var out = milestone(model, "out-for-delivery");
        assertThat(out.recurs()).isTrue();
        assertThat(out.mainPath()).isFalse();
        assertThat(out.follows()).isEmpty();
        assertThat(follows(model, "delivered")).containsExactly("shipped");
        assertThat(model.step("OutEmail").orElseThrow().milestone()).isEqualTo("out-for-delivery");
        assertThat(model.confirmation().elementId()).isEqualTo("S");
    }

    @Test
    void unfoldsAnEmbeddedSubprocess() {
        var model = Drawing.of(
                        start("S"),
                        "<bpmn:subProcess id=\"Workshop\">",
                        start("In"),
                        catching("A", "cut"),
                        catching("B", "made"),
                        end("Out"),
                        path("In", "A", "B", "Out"),
                        "</bpmn:subProcess>",
                        catching("C", "shipped"),
                        end("E"),
                        path("S", "Workshop", "C", "E"))
                .read();

        assertThat(ranks(model)).containsExactly("cut 1", "made 2", "shipped 3");
        assertThat(follows(model, "shipped")).containsExactly("cut", "made");
    }

    @Test
    @Timeout(10)
    void comesToAnEndWhenTheDrawingGoesRound() {
        var model = Drawing.of(
                        start("S"),
                        catching("A", "cut"),
                        catching("B", "checked"),
                        "<bpmn:exclusiveGateway id=\"Good\" />",
                        catching("C", "shipped"),
                        end("E"),
                        path("S", "A", "B", "Good", "C", "E"),
                        path("Good", "A"))
                .read();

        assertThat(follows(model, "shipped")).containsExactlyInAnyOrder("cut", "checked");
        assertThat(milestone(model, "shipped").rank())
                .isGreaterThan(milestone(model, "cut").rank());
        assertThat(milestone(model, "checked").follows()).containsExactly("cut");
    }

    @Test
    void readsTheSilenceBudget() {
        var drawing = Drawing.of(start("S"), end("E"), path("S", "E"))
                .with("<zeebe:properties><zeebe:property name=\"silenceBudget\" value=\"P10D\" /></zeebe:properties>");

        assertThat(drawing.read().silenceBudget()).isEqualTo(Duration.ofDays(10));
        assertThat(Drawing.of(start("S"), end("E"), path("S", "E")).read().silenceBudget())
                .isNull();
    }

    @Test
    void handsBackAProcessWithoutListeners() {
        handsBack(
                Drawing.of(start("S"), end("E"), path("S", "E")).withoutListeners(),
                "lacks the listeners of a journey; apply the template \"Journey\"");
    }

    @Test
    void handsBackWhatTheEngineCouldNotRead() {
        handsBack(trial("<bpmn:sendTusk id=\"Mail\" />"), "is no valid BPMN");
        handsBack(trial("<bpmn:sendTask id=\"Mail\">"), "is no well-formed XML");
    }

    @Test
    void handsBackAWaitForNothing() {
        handsBack(trial("<bpmn:receiveTask id=\"Mail\" />"), "Mail waits for nothing", "Wait for a milestone");
        handsBack(
                trial(
                        "<bpmn:intermediateCatchEvent id=\"Mail\"><bpmn:messageEventDefinition /></bpmn:intermediateCatchEvent>"),
                "Mail waits for nothing");
    }

    @Test
    void handsBackAProcessWithoutStart() {
        handsBack(Drawing.of(end("E")), "has no start event");
    }

    @Test
    void handsBackAnUnknownJob() {
        handsBack(
                trial(letter("Mail", "send-email", "x", "y")),
                "Mail asks for the job \"send-email\"",
                "apply the template \"Send a notification\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3D", "P3", "three days", "P1M"})
    void handsBackADurationThatIsNone(String duration) {
        handsBack(
                trial(letter("Mail", "send-notification", "validFor", duration)),
                "Mail, valid for: \"" + duration + "\" is no duration such as P3D or PT12H");
    }

    @Test
    void handsBackAChannelThatIsNotOffered() {
        var pigeon = letter("Mail").replace("value=\"email\"", "value=\"pigeon\"");
        handsBack(trial(pigeon), "Mail: channels must be");
    }

    @Test
    void readsALetterOfMarketing() {
        var marketing = letter("Mail").replace("value=\"transactional\"", "value=\"marketing\"");
        assertThat(trial(marketing).read().steps().getFirst().messageClass()).isEqualTo("MARKETING");
    }

    @ParameterizedTest
    @CsvSource({"email, email", "sms, sms", "both, email sms", "preferred, email sms"})
    void letsNewsGoOutByEmailAsATextOrAsTheCustomerWishes(String channels, String ways) {
        var step = Drawing.of(
                        start("S"),
                        letter("Mail").replace("value=\"email\"", "value=\"" + channels + "\""),
                        end("E"),
                        path("S", "Mail", "E"))
                .read()
                .step("Mail")
                .orElseThrow();

        assertThat(step.channels()).containsExactly(channels);
        assertThat(String.join(" ", step.ways())).isEqualTo(ways);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fax", "email, sms", "SMS"})
    void handsBackAStrangeChannel(String channels) {
        handsBack(
                trial(letter("Mail").replace("value=\"email\"", "value=\"" + channels + "\"")),
                "Mail: channels must be sms or preferred or email or both, not \"" + channels + "\"");
    }

    @Test
    void handsBackALetterWithoutTemplateOrOfAStrangeClass() {
        var bare = letter("Mail").replace("key=\"template\"", "key=\"tpl\"");
        handsBack(trial(bare), "Mail names no template");

        var strange = letter("Mail").replace("value=\"transactional\"", "value=\"urgent\"");
        handsBack(trial(strange), "Mail: class must be transactional or marketing, not \"urgent\"");
    }

    @Test
    void handsBackAProcessThatIsNotCalledLikeItsFile() {
        var drawing = Drawing.of(start("S"), end("E"), path("S", "E")).savedAs("other.bpmn");

        assertThatThrownBy(drawing::read)
                .isInstanceOf(ModelProblem.class)
                .hasMessage("bpmn/other.bpmn: the process id is \"trial\"; it must be the file's name");
    }

    @Test
    void handsBackAScript() {
        handsBack(trial("<bpmn:scriptTask id=\"Mail\" />"), "script tasks are not allowed", "use a decision table");
        handsBack(
                trial(
                        "<bpmn:serviceTask id=\"Mail\"><bpmn:extensionElements>"
                                + "<zeebe:script expression=\"=1\" resultVariable=\"x\" /></bpmn:extensionElements></bpmn:serviceTask>"),
                "script tasks are not allowed");
    }

    @Test
    void handsBackADocumentType() {
        var xml = trial(letter("Mail"))
                .xml()
                .replace("?>\n", "?>\n<!DOCTYPE x [<!ENTITY a SYSTEM \"file:/etc/passwd\">]>\n");

        assertThatThrownBy(
                        () -> ModelLimits.checked("trial.bpmn", xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ModelProblem.class)
                .hasMessageContaining("bpmn/trial.bpmn")
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void handsBackAFileThatHidesInAnotherEncoding() {
        var xml = trial(letter("Mail"))
                .xml()
                .replace("UTF-8", "UTF-16")
                .replace("?>\n", "?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n");

        assertThatThrownBy(
                        () -> ModelLimits.checked("trial.bpmn", xml.getBytes(java.nio.charset.StandardCharsets.UTF_16)))
                .isInstanceOf(ModelProblem.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void handsBackAFileThatIsTooLarge() {
        handsBack(
                trial(letter("Mail") + "<!--" + "x".repeat(600_000) + "-->"),
                "larger than 512 KB",
                "split the journey");
    }

    @Test
    void handsBackALongExpression() {
        handsBack(trial(flowWith("=\"" + "x".repeat(2_100) + "\" = brand")), "longer than 2,000 characters");
        handsBack(trial(flowWith("= 'a'\n" + " or true".repeat(300))), "longer than 2,000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=every x in (for i in 1..1000000 return i) satisfies x &gt; 0",
                "=for i in 1..orderValue return i",
                "= some x in 1..1000000 satisfies x = 5",
                "=count(for i in 1 .. 99999 return i) &gt; 1",
                "=for i in -1000000..1 return i",
                "&#61;for i in 1..1000000 return i",
                "<![CDATA[=for i in 1..1000000 return i]]>"
            })
    void handsBackARangeThatIsTooLarge(String expression) {
        handsBack(trial(flowWith(expression)), "range that is too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R/PT10S",
                "R5/PT0.1S",
                "R/2026-01-01T00:00:00Z/PT30S",
                "R/PT0M",
                "R/PT0H5S",
                "R/PT59S",
                "* * * * * *",
                "=cycle(duration(\"PT1S\"))"
            })
    void handsBackATimerThatSpins(String cycle) {
        handsBack(trial(spinning(cycle)), "timer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"R/PT1H", "R3/P1D", "R/PT1M", "R/PT120S", "R/2026-01-01T00:00:00Z/P7D", "0 0 9 * * *", "@daily"})
    void acceptsATimerThatIsPatient(String cycle) {
        assertThat(trial(spinning(cycle)).read().processId()).isEqualTo("trial");
    }

    private static String spinning(String cycle) {
        return "<bpmn:receiveTask id=\"Mail\" messageRef=\"cutMessage\" />"
                + "<bpmn:boundaryEvent id=\"Spin\" cancelActivity=\"false\" attachedToRef=\"Mail\">"
                + timer("Spin", "timeCycle", cycle) + "</bpmn:boundaryEvent>";
    }

    private static String flowWith(String condition) {
        return letter("Mail")
                + "<bpmn:sequenceFlow id=\"Maybe\" sourceRef=\"Mail\" targetRef=\"E\"><bpmn:conditionExpression>"
                + condition + "</bpmn:conditionExpression></bpmn:sequenceFlow>";
    }

    private static Drawing trial(String mail) {
        return Drawing.of(start("S"), mail, end("E"), path("S", "Mail", "E"));
    }

    private static void handsBack(Drawing drawing, String... words) {
        assertThatThrownBy(drawing::read)
                .isInstanceOf(ModelProblem.class)
                .hasMessageStartingWith("bpmn/" + drawing.file() + ": ")
                .hasMessageContainingAll(words);
    }

    private static java.util.List<String> ranks(JourneyModel model) {
        return model.milestones().stream()
                .map(milestone -> milestone.name() + " " + milestone.rank())
                .toList();
    }

    private static java.util.List<String> follows(JourneyModel model, String milestone) {
        return milestone(model, milestone).follows();
    }

    private static Milestone milestone(JourneyModel model, String name) {
        return model.milestone(name).orElseThrow();
    }
}
