package io.porchlight.fulfillment;

import io.porchlight.orders.JourneyKey;

/** A tracking number names a parcel of this order from now on: what only knows the number can be understood. */
public record ParcelNamed(JourneyKey key) {}
