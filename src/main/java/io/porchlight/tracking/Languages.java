package io.porchlight.tracking;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/** The languages that pages are written in: one {@code page_<language>.properties} each, English in the plain one. */
final class Languages {

    private static final List<String> ALL = List.of("en", "it", "de", "ar");
    private static final List<String> RIGHT_TO_LEFT = List.of("ar");

    private Languages() {}

    static boolean has(Locale wanted) {
        return ALL.contains(wanted.getLanguage());
    }

    /** The first language of a browser's list that there is, else English. */
    static Locale of(Enumeration<Locale> wanted) {
        return Collections.list(wanted).stream()
                .filter(Languages::has)
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    /** The direction of writing, as HTML names it. */
    static String direction(Locale language) {
        return RIGHT_TO_LEFT.contains(language.getLanguage()) ? "rtl" : "ltr";
    }
}
