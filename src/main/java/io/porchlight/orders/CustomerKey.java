package io.porchlight.orders;

/**
 * Names one customer: the same id at another brand is another person.
 *
 * @param customerId the shop's own id, as text
 */
public record CustomerKey(String brand, String customerId) {}
