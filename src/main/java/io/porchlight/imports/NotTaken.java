package io.porchlight.imports;

/** A file that is not read at all: nothing of it was written down. */
public class NotTaken extends RuntimeException {

    /** Why. */
    public enum Reason {
        TOO_LARGE,
        /** Others are being read. */
        BUSY,
        /** A reading of this name has begun before. */
        KNOWN
    }

    private final Reason reason;

    NotTaken(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
