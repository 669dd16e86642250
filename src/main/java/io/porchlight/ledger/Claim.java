package io.porchlight.ledger;

/**
 * The right to send one notification, for as long as its lease runs.
 *
 * @param owner drawn anew for every claim, so that who wakes up late cannot settle what another has taken
 */
public record Claim(Notification notification, String owner) {}
