package io.porchlight.texts;

import java.util.function.BooleanSupplier;

/** Who sends text messages for us. */
public interface TextGateway {

    /** What people call it. */
    String name();

    /**
     * Hands one text over.
     *
     * @param leave asked once, just before the text is out: whether it may still go
     */
    Receipt hand(Text text, BooleanSupplier leave);
}
