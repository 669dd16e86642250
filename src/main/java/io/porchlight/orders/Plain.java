package io.porchlight.orders;

import org.jspecify.annotations.Nullable;

/** Text from outside, fit to be printed: as it is, but on one line and without what no printer knows. */
public final class Plain {

    private Plain() {}

    /** The text on one line; empty when there is none. */
    public static String text(@Nullable String outside) {
        return outside == null
                ? ""
                : outside.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]+", " ").strip();
    }
}
