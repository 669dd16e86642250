/** What comes back after letters were sent: reports by mail, and calls of mail providers. */
@ApplicationModule(allowedDependencies = {"orders", "ledger", "notifications"})
@NullMarked
package io.porchlight.bounces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
