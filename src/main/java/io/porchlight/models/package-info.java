/** What the deployed journeys say: their milestones, steps and budgets, as facts in the database. */
@ApplicationModule(allowedDependencies = "orders")
@NullMarked
package io.porchlight.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
