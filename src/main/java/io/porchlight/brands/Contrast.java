package io.porchlight.brands;

import io.porchlight.brands.Brand.Colours;
import java.util.List;
import java.util.Locale;

/** Every text of a brand can be read by people who see little: WCAG 2.2, success criterion 1.4.3. */
final class Contrast {

    /** The least contrast of a text with its ground. */
    static final double TEXT = 4.5;

    private record Pair(String text, String colour, String ground, String groundColour) {

        double contrast() {
            return Colour.parse(colour).contrast(Colour.parse(groundColour));
        }
    }

    private Contrast() {}

    /**
     * Refuses colours that cannot be read on each other.
     *
     * @param file where the brand is written, for the message
     * @throws IllegalStateException naming the file, both colours and their contrast
     */
    static void check(String file, Colours colours) {
        var pairs = List.of(
                new Pair("ink", colours.ink(), "paper", colours.paper()),
                new Pair("muted", colours.muted(), "paper", colours.paper()),
                new Pair("accent", colours.accent(), "paper", colours.paper()),
                new Pair("on-accent", colours.onAccent(), "accent", colours.accent()));
        for (var pair : pairs) {
            if (pair.contrast() < TEXT) {
                // Rounded down: 4.49 must not be told as 4.5.
                double told = Math.floor(pair.contrast() * 10) / 10;
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "%s: %s %s on %s %s has a contrast of %.1f:1, and customers need %.1f:1 to read it;"
                                + " make one of the two darker or lighter",
                        file,
                        pair.text(),
                        pair.colour(),
                        pair.ground(),
                        pair.groundColour(),
                        told,
                        TEXT));
            }
        }
    }
}
