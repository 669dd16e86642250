/** Sends what the journeys ask for: the gate, the letters and the way out. */
@ApplicationModule(
        allowedDependencies = {"brands", "orders", "models", "fulfillment", "consent", "ledger", "texts", "wakeups"})
@NullMarked
package io.porchlight.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
