/** Where shops, workshops and carriers post in their own words: who they are is checked, what they say is left to signals. */
@ApplicationModule(allowedDependencies = {"brands", "orders", "fulfillment", "signals", "wakeups"})
@NullMarked
package io.porchlight.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
