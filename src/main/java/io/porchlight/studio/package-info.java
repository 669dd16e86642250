/** The team's own pages: what came in, what waits for a person, and what was missed. */
@ApplicationModule(allowedDependencies = {"brands", "orders", "fulfillment", "signals", "imports"})
@NullMarked
package io.porchlight.studio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
