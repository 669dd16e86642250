/** Files of orders and milestones, read line by line: what was missed comes in late, and once. */
@ApplicationModule(allowedDependencies = {"orders", "fulfillment"})
@NullMarked
package io.porchlight.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
