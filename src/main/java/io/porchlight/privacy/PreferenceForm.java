package io.porchlight.privacy;

import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Channel;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The preference page's form as it was posted.
 *
 * @param topic the boxes that were ticked
 * @param pause {@code none}, {@code begin}, or {@code keep} for a pause that is on
 */
record PreferenceForm(
        @Nullable List<String> topic,
        @Nullable String channel,
        @Nullable String pace,
        @Nullable String pause) {

    static final Duration PAUSE = Duration.ofDays(14);

    /** What was chosen; empty when it is not what our form posts, and nothing may be concluded from it. */
    Optional<Preferences> chosen(Preferences before, Instant now) {
        var chosenPace = one(Pace.values(), pace);
        var chosenChannel = one(Channel.values(), channel);
        var topics = EnumSet.noneOf(Topic.class);
        for (String ticked : topic == null ? List.<String>of() : topic) {
            var known = one(Topic.values(), ticked);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            topics.add(known.get());
        }
        if (chosenPace.isEmpty() || chosenChannel.isEmpty() || pause == null) {
            return Optional.empty();
        }
        return Optional.of(new Preferences(topics, chosenChannel.get(), chosenPace.get(), until(pause, before, now)));
    }

    private static @Nullable Instant until(String pause, Preferences before, Instant now) {
        return switch (pause) {
            case "begin" -> now.plus(PAUSE);
            case "keep" -> before.paused(now) ? before.pausedUntil() : null;
            default -> null;
        };
    }

    private static <T extends Enum<T>> Optional<T> one(T[] all, @Nullable String name) {
        return Arrays.stream(all).filter(one -> one.name().equals(name)).findFirst();
    }
}
