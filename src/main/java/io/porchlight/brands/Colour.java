package io.porchlight.brands;

import java.util.Locale;

/** A colour of the web, and how well two of them can be told apart. */
record Colour(int red, int green, int blue) {

    static final Colour BLACK = new Colour(0, 0, 0);

    /** Reads {@code #rrggbb}. */
    static Colour parse(String hex) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return new Colour(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    /** From 1 (the same) to 21 (black on white), as WCAG 2.2 defines the contrast ratio. */
    double contrast(Colour other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    /** This colour with a share of another, from 0 to 1. */
    Colour mixed(Colour other, double share) {
        return new Colour(
                between(red, other.red, share), between(green, other.green, share), between(blue, other.blue, share));
    }

    /** The same hue at its brightest. */
    Colour vivid() {
        int most = Math.max(1, Math.max(red, Math.max(green, blue)));
        return new Colour(red * 255 / most, green * 255 / most, blue * 255 / most);
    }

    /** This colour with as much of another as it takes to be read on a ground. */
    Colour readableOn(Colour ground, Colour towards) {
        var readable = this;
        for (int tenth = 1; tenth <= 20 && readable.contrast(ground) < Contrast.TEXT; tenth++) {
            readable = mixed(towards, tenth / 20.0);
        }
        return readable;
    }

    boolean darkerThan(Colour other) {
        return luminance() < other.luminance();
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%02X%02X%02X", red, green, blue);
    }
}
