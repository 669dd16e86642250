/** The door: who may come in, how much they may carry, and how a refusal is told. */
@ApplicationModule(allowedDependencies = {"brands", "orders"})
@NullMarked
package io.porchlight.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
