package io.porchlight.orders;

/**
 * An order is being emptied of its person, in this transaction.
 *
 * @param before the order as it was
 */
public record OrderErased(JourneyKey key, Order before) {}
