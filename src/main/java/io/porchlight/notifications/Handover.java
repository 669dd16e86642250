package io.porchlight.notifications;

/** What a gateway made of a letter. */
sealed interface Handover {

    /** It took it. */
    record Accepted(String reply) implements Handover {}

    /** It will never take it. */
    record Refused(String reply) implements Handover {}

    /** It does not take it now. */
    record NotNow(String reply) implements Handover {}

    /** It could not be reached; nothing was handed over. */
    record Unreached(String why) implements Handover {}

    /** The line broke before the whole letter was out; it did not arrive. */
    record Broken(String why) implements Handover {}

    /** The line broke after the whole letter and before the answer. */
    record Unanswered(String why) implements Handover {}

    /** Another has taken the claim; nothing was handed over. */
    record LeaseLost() implements Handover {}
}
