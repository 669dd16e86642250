/** The story that plays on the first start: Bob's order, posted as a shop and its workshop would post it. */
@ApplicationModule(allowedDependencies = {"journeys", "orders"})
@NullMarked
package io.porchlight.story;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
