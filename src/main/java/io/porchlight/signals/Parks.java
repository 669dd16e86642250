package io.porchlight.signals;

/** A person must have a look at a signal; nothing of it was written. */
class Parks extends RuntimeException {

    Parks(String reason) {
        super(reason);
    }
}
