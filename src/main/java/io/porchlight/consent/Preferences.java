package io.porchlight.consent;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants to hear, and how.
 *
 * @param topics what about; care tips and offers are marketing, and in here only if somebody agreed to them
 * @param channel absent until the customer chooses one
 * @param pausedUntil absent when not paused; may lie in the past
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preferences(
        Set<Topic> topics,
        @Nullable Channel channel,
        Pace pace,
        @Nullable Instant pausedUntil) {

    /** What a letter can be about. */
    public enum Topic {
        ORDER_UPDATES,
        CARE_TIPS,
        OFFERS
    }

    /** How a customer wants to be reached, where there is a choice. */
    public enum Channel {
        EMAIL,
        SMS,
        BOTH
    }

    /** How much of an order's story a customer wants to hear. */
    public enum Pace {
        EVERY_STEP,
        BIG_NEWS,
        PROBLEMS
    }

    public Preferences {
        topics = Set.copyOf(topics);
    }

    /** The same for the record: topics, channel, pace and pause. */
    String inWords() {
        String about = topics.isEmpty()
                ? "nothing"
                : topics.stream().sorted().map(Preferences::words).collect(joining(", "));
        return about + (channel == null ? "" : "; by " + words(channel)) + "; " + words(pace)
                + (pausedUntil == null ? "" : "; paused until " + pausedUntil);
    }

    private static String words(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public boolean wants(Topic topic) {
        return topics.contains(topic);
    }

    /** Whether the customer asked for quiet, and it is not over yet. */
    public boolean paused(Instant now) {
        return pausedUntil != null && now.isBefore(pausedUntil);
    }
}
