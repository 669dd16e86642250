package io.porchlight.models;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a BPMN process says about its journey.
 *
 * @param name what the journey is called in the Modeler
 * @param silenceBudget how long a customer may hear nothing; absent when the model sets none
 * @param confirmation the start event: what happened first of all
 * @param milestones in the order of their ranks
 * @param steps the elements that ask for a notification
 * @param translations language tag to element id (or {@code id.documentation}) to text
 */
public record JourneyModel(
        String processId,
        String name,
        @Nullable Duration silenceBudget,
        Words confirmation,
        List<Milestone> milestones,
        List<Step> steps,
        Map<String, Map<String, String>> translations) {

    /** On the channel that the customer prefers, and by email where they never said. */
    public static final String PREFERRED = "preferred";

    /** By email and as a text, unless the customer chose one of the two. */
    public static final String BOTH = "both";

    /** What the customer reads about an element. */
    public record Words(String elementId, String label, String story) {}

    /**
     * Something the model waits for.
     *
     * @param rank its place in the story, from 1 (the confirmation is 0)
     * @param follows the milestones that lie on every path to this one: when it arrives, they must have happened
     * @param recurs whether the model lets it happen more than once
     * @param mainPath whether it is a step of the story that the customer is shown
     */
    public record Milestone(
            String name, int rank, List<String> follows, boolean recurs, boolean mainPath, Words words) {}

    /** The hours at which a letter may go out. */
    public enum SendAt {
        AT_ONCE,
        /** Not during the brand's quiet hours. */
        MORNING,
        /** Neither during quiet hours nor on weekends and public holidays. */
        BUSINESS_DAYS
    }

    /** What makes a letter untrue, beside its age. */
    public enum ValidUntil {
        /** It tells about a day, and ends with it. */
        EVENING,
        /** It tells the promised date, and ends when another is promised. */
        PROMISE_CHANGES,
        /** It asks how things are, and is out of place when something is wrong. */
        RETURN_OR_COMPLAINT
    }

    /**
     * An element that asks for a notification.
     *
     * @param channels one word of the model: {@code email}, {@code sms}, {@code both} or {@code preferred}
     * @param validUntil absent when only time makes it stale
     * @param milestone what it tells about; absent before the first milestone
     */
    public record Step(
            String id,
            String template,
            List<String> channels,
            String messageClass,
            @Nullable Duration validFor,
            @Nullable SendAt sendAt,
            @Nullable ValidUntil validUntil,
            @Nullable String milestone,
            int rank) {

        /** Whether the customer has a say in the channel. */
        public boolean choice() {
            return channels.contains(PREFERRED) || channels.contains(BOTH);
        }

        /** The channels that may be needed; which of them are is decided when it goes out. */
        public List<String> ways() {
            return choice() ? List.of("email", "sms") : channels;
        }
    }

    /** The milestone of this name, if the model waits for it. */
    public Optional<Milestone> milestone(String milestoneName) {
        return milestones.stream()
                .filter(milestone -> milestone.name().equals(milestoneName))
                .findFirst();
    }

    /** The step with this element id. */
    public Optional<Step> step(String elementId) {
        return steps.stream().filter(step -> step.id().equals(elementId)).findFirst();
    }

    /** The words about an element in a language, in the model's own where no translation exists. */
    public Words in(Locale language, Words own) {
        var texts = translations.getOrDefault(language.getLanguage(), Map.of());
        return new Words(
                own.elementId(),
                texts.getOrDefault(own.elementId(), own.label()),
                texts.getOrDefault(own.elementId() + ".documentation", own.story()));
    }
}
