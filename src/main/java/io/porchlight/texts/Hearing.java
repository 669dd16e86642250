package io.porchlight.texts;

/** Understands what one provider tells us. */
public interface Hearing {

    /** The provider's name in our addresses. */
    String provider();

    /** Whether there is a secret to tell the provider from a stranger. */
    boolean ready();

    /** Whether it really comes from the provider. */
    boolean believes(Incoming incoming);

    /** What it says; to be asked only about what is believed. */
    Heard understand(Incoming incoming);
}
