package io.porchlight.fulfillment;

import io.porchlight.orders.JourneyKey;

/**
 * Something new is known about an order.
 *
 * @param toTell whether its journey may have to be told
 */
public record MilestonesRecorded(JourneyKey key, boolean toTell) {}
