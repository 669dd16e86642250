package io.porchlight.signals;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a signal speaks of: the first of its names that is known counts.
 *
 * @param trackingNumbers carriers' names for parcels
 * @param orders ids, numbers or names of orders
 */
public record About(List<String> trackingNumbers, List<String> orders) {

    /** An order by its id, number or name. */
    public static About order(String... names) {
        return new About(List.of(), filled(List.of(names)));
    }

    /** A parcel by its tracking number; the order's names help when the number is not known. */
    public static About parcel(String trackingNumber, String... orders) {
        return new About(filled(List.of(trackingNumber)), filled(List.of(orders)));
    }

    private static List<String> filled(List<String> names) {
        return names.stream().filter(name -> !name.isBlank()).distinct().toList();
    }

    boolean nobody() {
        return trackingNumbers.isEmpty() && orders.isEmpty();
    }

    /** For people. */
    @Override
    public String toString() {
        var names = new ArrayList<String>();
        orders.forEach(order -> names.add("order " + order));
        trackingNumbers.forEach(number -> names.add("parcel " + number));
        String text = String.join(", ", names);
        return text.substring(0, Math.min(500, text.length()));
    }
}
