package io.porchlight.fulfillment;

import io.porchlight.orders.JourneyKey;

/** Something new is known about an order; some of it may have to be published. */
public record MilestonesRecorded(JourneyKey key) {}
