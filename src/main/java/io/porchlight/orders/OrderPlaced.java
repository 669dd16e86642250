package io.porchlight.orders;

/** A new order was written down; its journey waits to be started. */
public record OrderPlaced(JourneyKey key) {}
