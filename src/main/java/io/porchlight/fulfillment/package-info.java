/** What happened to an order: milestones as the workshop, the warehouse and the carrier report them. */
@ApplicationModule(allowedDependencies = {"orders", "models", "vitals"})
@NullMarked
package io.porchlight.fulfillment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
