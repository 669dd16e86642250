/** The journeys on Camunda: what we tell the engine, and what the engine tells us. The only user of Camunda's client. */
@ApplicationModule(allowedDependencies = {"engine", "orders", "models", "fulfillment", "ledger", "wakeups"})
@NullMarked
package io.porchlight.journeys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
