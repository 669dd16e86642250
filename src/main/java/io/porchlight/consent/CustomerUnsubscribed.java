package io.porchlight.consent;

import io.porchlight.consent.ConsentEntry.Source;
import io.porchlight.orders.CustomerKey;
import io.porchlight.orders.JourneyKey;

/**
 * A customer who had not said so before wants no marketing any more.
 *
 * @param order the order whose letter led to it
 * @param source where they said it
 */
public record CustomerUnsubscribed(CustomerKey customer, JourneyKey order, Source source) {}
