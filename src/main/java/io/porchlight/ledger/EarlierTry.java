package io.porchlight.ledger;

import java.time.Instant;

/**
 * A try that did not end in "sent".
 *
 * @param outcome {@code unknown} or {@code put off}
 */
public record EarlierTry(Instant endedAt, String outcome, String reason) {}
