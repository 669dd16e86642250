/** Who outside is told what happened: signed webhooks that are sent until they are taken, or visibly given up. */
@ApplicationModule(allowedDependencies = {"brands", "orders", "consent", "ledger", "silence"})
@NullMarked
package io.porchlight.subscribers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
