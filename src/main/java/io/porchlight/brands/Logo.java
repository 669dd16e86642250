package io.porchlight.brands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;

/**
 * A brand's mark, drawn as SVG and printed into its pages: it takes their colour ({@code currentColor}), so that it is seen by
 * day and by night, and costs no request. Since it becomes part of the page, it may only draw.
 */
final class Logo {

    private static final int LARGEST = 10_000;
    private static final Pattern MORE_THAN_DRAWING = Pattern.compile(
            "<script|<style|<foreignObject|<a[\\s>]|<use|<image|<!|<\\?|href|\\bon\\w+\\s*=|style\\s*=|url\\(",
            Pattern.CASE_INSENSITIVE);

    private Logo() {}

    /**
     * Reads {@code templates/brands/<id>.svg}; empty when the brand has none.
     *
     * @throws IllegalStateException naming the file, and what may not stand in it
     */
    static String read(String name, Resource file) throws IOException {
        if (!file.exists()) {
            return "";
        }
        String drawing = file.getContentAsString(UTF_8).strip();
        var more = MORE_THAN_DRAWING.matcher(drawing);
        if (more.find()) {
            throw new IllegalStateException(
                    name + ": \"" + more.group() + "\" is refused; a logo that is printed into pages"
                            + " may only draw (path, circle, g and the like, coloured by attributes)");
        }
        if (!drawing.startsWith("<svg") || !drawing.endsWith("</svg>")) {
            throw new IllegalStateException(name + " must begin with <svg and end with </svg>");
        }
        if (drawing.length() > LARGEST) {
            throw new IllegalStateException(name + " has more than " + LARGEST + " characters; pages shall stay light");
        }
        return drawing;
    }
}
