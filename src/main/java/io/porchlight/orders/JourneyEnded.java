package io.porchlight.orders;

import io.porchlight.orders.Journey.Travel;

/** A journey's own process instance came to its end. */
public record JourneyEnded(JourneyKey key, Travel travel) {}
