/** What each customer agreed to, and which addresses are not written to. */
@ApplicationModule(allowedDependencies = {"brands", "orders"})
@NullMarked
package io.porchlight.consent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
