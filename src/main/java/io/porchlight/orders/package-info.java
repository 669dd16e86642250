/** What was sold to whom: orders as the shop reported them, and where each one's journey stands. */
@ApplicationModule(allowedDependencies = "brands")
@NullMarked
package io.porchlight.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
