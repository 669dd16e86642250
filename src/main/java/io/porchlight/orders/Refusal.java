package io.porchlight.orders;

import java.util.List;

/** Says no to a sender, naming each field and the mend; nothing was written. */
public class Refusal extends RuntimeException {

    /** Why we refuse, in HTTP's terms. */
    public enum Kind {
        INVALID,
        FORBIDDEN,
        CONFLICT
    }

    /** One thing to mend. */
    public record Fault(String field, String message) {}

    private final Kind kind;
    private final transient List<Fault> faults;

    public Refusal(Kind kind, String field, String message) {
        this(kind, List.of(new Fault(field, message)));
    }

    Refusal(Kind kind, List<Fault> faults) {
        super(faults.getFirst().field() + " " + faults.getFirst().message());
        this.kind = kind;
        this.faults = faults;
    }

    public Kind kind() {
        return kind;
    }

    public List<Fault> faults() {
        return faults;
    }
}
