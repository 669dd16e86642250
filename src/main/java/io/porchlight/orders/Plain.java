package io.porchlight.orders;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text from outside, fit to be printed: as it is, but on one line and without what no printer knows. */
public final class Plain {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029]+");

    private Plain() {}

    /** The text on one line; empty when there is none. */
    public static String text(@Nullable String outside) {
        if (outside == null) {
            return "";
        }
        // Hardly any text has such letters, and to look is quicker than to replace.
        return (outside.chars().anyMatch(Plain::suspicious)
                        ? UNPRINTABLE.matcher(outside).replaceAll(" ")
                        : outside)
                .strip();
    }

    /** Half a pair may belong to a whole letter: the pattern knows. */
    private static boolean suspicious(int unit) {
        return unit < ' '
                || (unit >= 0x7f && unit <= 0x9f)
                || unit == 0x2028
                || unit == 0x2029
                || Character.isSurrogate((char) unit);
    }
}
