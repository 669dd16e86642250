package io.porchlight.mailbox;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first web address in a text, and what stands around it. */
record Link(String before, @Nullable String link, String after) {

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"']+");

    static Link in(String text) {
        var found = ADDRESS.matcher(text);
        return found.find()
                ? new Link(text.substring(0, found.start()), found.group(), text.substring(found.end()))
                : new Link(text, null, "");
    }
}
