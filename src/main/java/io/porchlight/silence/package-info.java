/** Customers who have heard nothing for longer than their journey's model allows: the team is told, once per silence. */
@ApplicationModule(allowedDependencies = {"orders", "models", "fulfillment", "ledger", "wakeups"})
@NullMarked
package io.porchlight.silence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
