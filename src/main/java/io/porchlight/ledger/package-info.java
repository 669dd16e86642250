/** The record of every notification: planned, claimed, attempting, sent, skipped, failed or unknown, and why. */
@ApplicationModule(allowedDependencies = {"orders", "vitals"})
@NullMarked
package io.porchlight.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
