package io.porchlight.notifications;

import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import org.springframework.stereotype.Component;

/**
 * What follows from a mail server's "no" in the SMTP dialogue; it means what the same words mean in a bounce. The written
 * rule: the letter has failed, except when all the brand's letters are refused for who sends them: then it waits with them
 * and is tried again, three times at most.
 */
@Component
class Refusals {

    private static final int MOST_TRIES = 3;

    private final Returns returns;
    private final Streams streams;
    private final Ledger ledger;
    private final LetterMeters meters;

    Refusals(Returns returns, Streams streams, Ledger ledger, LetterMeters meters) {
        this.returns = returns;
        this.streams = streams;
        this.ledger = ledger;
        this.meters = meters;
    }

    void settle(Claim claim, String reply) {
        var refusal = Diagnosis.of(reply);
        String reason = "the mail server refused it: " + reply;
        int attempts = claim.notification().attempts() + 1;
        if (refusal.aboutTheSender() && attempts < MOST_TRIES) {
            var until = streams.stop(claim.notification().key().brand(), refusal);
            meters.putOff(
                    claim,
                    "brand-refused",
                    ledger.retry(
                            claim,
                            until,
                            attempts,
                            "the mail server refuses all letters of the brand for now: " + reply));
        } else if (refusal.kind() == Kind.SOFT && refusal.code() == null) {
            meters.failed(claim, "refused", ledger.failed(claim, reason)); // says nothing about anybody
        } else {
            returns.refused(claim, refusal, reason);
        }
    }
}
