/** The whole story of one order, told over HTTP. */
@ApplicationModule(allowedDependencies = {"orders", "models", "fulfillment", "ledger"})
@NullMarked
package io.porchlight.timeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
