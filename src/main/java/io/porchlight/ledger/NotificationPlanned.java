package io.porchlight.ledger;

import io.porchlight.orders.JourneyKey;

/** Something new is due in the ledger. */
public record NotificationPlanned(JourneyKey key) {}
