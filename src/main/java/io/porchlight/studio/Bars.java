package io.porchlight.studio;

import java.util.ArrayList;
import java.util.List;

/**
 * The picture of a day: one bar an hour, the last one for the hour that has just begun.
 *
 * @param title what the picture says, for who does not see it
 */
record Bars(List<Bar> bars, String title) {

    /** One bar, in units of the picture. */
    record Bar(int x, double y, double height) {}

    static final int HOURS = 24;
    private static final int WIDTH = 5;
    private static final int TALLEST = 28;

    /** Draws so many signals in each hour; an hour without any is a thin line. */
    static Bars of(long[] hours, String title) {
        long most = 1;
        for (long signals : hours) {
            most = Math.max(most, signals);
        }
        var bars = new ArrayList<Bar>();
        for (int hour = 0; hour < hours.length; hour++) {
            double height = hours[hour] == 0 ? 1 : Math.max(3, (double) hours[hour] * TALLEST / most);
            bars.add(new Bar(hour * WIDTH, TALLEST - height, height));
        }
        return new Bars(List.copyOf(bars), title);
    }
}
