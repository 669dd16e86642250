package io.porchlight.orders;

/** The shop told something newer of an order: another customer's address, another consent. */
public record OrderChanged(JourneyKey key) {}
