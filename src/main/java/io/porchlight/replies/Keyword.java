package io.porchlight.replies;

import java.util.Locale;
import java.util.Set;

/** The words by which the owner of a telephone ends or resumes texts. */
enum Keyword {
    STOP,
    START,
    NONE;

    /** The usual ones of the carriers, and those that the FCC adds to them (47 CFR 64.1200(a)(10)). */
    private static final Set<String> STOPS =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

    private static final Set<String> STARTS = Set.of("START", "UNSTOP");

    /** Reads a text: one of the words and nothing else, however it is written. */
    static Keyword in(String text) {
        String word = text.replaceAll("[^\\p{L}\\p{N}]+", "").toUpperCase(Locale.ROOT);
        if (STOPS.contains(word)) {
            return STOP;
        }
        return STARTS.contains(word) ? START : NONE;
    }
}
