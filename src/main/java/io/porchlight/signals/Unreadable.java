package io.porchlight.signals;

/** A delivery that is genuine but cannot be taken in; nothing was written. */
public class Unreadable extends RuntimeException {

    /** Why, in HTTP's terms. */
    public enum Kind {
        NOT_JSON,
        UNKNOWN_FORMAT
    }

    private final Kind kind;

    public Unreadable(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
