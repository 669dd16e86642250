package io.porchlight.ledger;

/**
 * A notification was being handed over when its instance died; its fate is unknown.
 *
 * @param notification as it was found
 */
public record NotificationAbandoned(Notification notification) {}
