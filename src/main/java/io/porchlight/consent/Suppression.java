package io.porchlight.consent;

import java.time.Instant;

/** Why an address or a telephone number is not written to, and since when. */
public record Suppression(Reason reason, Instant since) {

    /** What happened. */
    public enum Reason {
        /** Its owner unsubscribed: no marketing. */
        UNSUBSCRIBED(true),
        /** Its owner called our letter spam: no marketing. */
        COMPLAINED(true),
        /** Mail to it comes back: nothing at all. */
        BOUNCED(false),
        /** It is a telephone number, and its owner answered STOP: no texts. */
        STOPPED(false);

        private final boolean marketingOnly;

        Reason(boolean marketingOnly) {
            this.marketingOnly = marketingOnly;
        }
    }

    /** Whether letters about an order still go there. */
    public boolean marketingOnly() {
        return reason.marketingOnly;
    }

    /** Whether it is about the customer's telephone, and not about their mail. */
    public boolean aboutTexts() {
        return reason == Reason.STOPPED;
    }
}
