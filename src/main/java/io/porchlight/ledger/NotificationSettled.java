package io.porchlight.ledger;

import io.porchlight.orders.JourneyKey;

/** A notification has been sent, has failed, or nobody can say; its row is final. */
public record NotificationSettled(JourneyKey key) {}
