package io.porchlight.signals;

import java.util.List;

/**
 * A kind of system that speaks to us by webhooks at {@code /webhooks/<name>/<brand>}. A new one is a class that implements
 * this, and nothing else.
 */
public interface Source {

    /** Its name in the address, and in {@code porchlight.webhooks.<name>.<brand>.secrets}. */
    String name();

    /**
     * Whether a delivery comes from whom it says.
     *
     * @param secrets all that are valid now, at least one
     */
    boolean genuine(Delivery delivery, List<String> secrets);

    /** Whether it is only a knock at the door, that some systems send unsigned before they begin; it is not written down. */
    default boolean knock(Delivery delivery) {
        return false;
    }

    /**
     * The signals in a genuine delivery. Only keys and times are read here; what cannot be understood is no reason to refuse.
     *
     * @throws Unreadable when it is not JSON, or not in a format that the source speaks
     */
    List<Posted> open(Delivery delivery);

    /** What a signal means. It is read again on every try, and on every replay. */
    List<Meaning> read(Content content);
}
