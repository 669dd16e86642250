package io.porchlight.tracking;

/** A link that opens nothing: whether it is wrong, cut short or meant for another door is told to nobody. */
class Gone extends RuntimeException {

    Gone() {
        super("This link opens nothing", null, false, false);
    }
}
