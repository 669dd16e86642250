/** What other systems posted: the inbox. Signals lie here as they came, until they are understood, and nothing is lost. */
@ApplicationModule(allowedDependencies = {"orders", "fulfillment", "vitals"})
@NullMarked
package io.porchlight.signals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
