package io.porchlight.orders;

/**
 * What the customer asked for about one order.
 *
 * @param gift whether somebody may look over their shoulder who must not learn what is in it
 * @param deliveryNote where on the porch it shall be put, in the customer's words; empty when they said nothing
 */
public record Wish(boolean gift, String deliveryNote) {

    /** Nothing in particular. */
    public static final Wish NONE = new Wish(false, "");

    /** How many characters a delivery note may have: what a carrier's form takes, and more than a label. */
    public static final int LONGEST_NOTE = 500;
}
