/** The customer's say: unsubscribe, preferences, what we hold about them, and being forgotten. */
@ApplicationModule(
        allowedDependencies = {"brands", "orders", "fulfillment", "consent", "ledger", "notifications", "signals"})
@NullMarked
package io.porchlight.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
