/** The customer's live page: where the order is in its story, told with the same rows as the letters. */
@ApplicationModule(
        allowedDependencies = {
            "brands",
            "orders",
            "models",
            "fulfillment",
            "consent",
            "ledger",
            "notifications",
            "wakeups"
        })
@NullMarked
package io.porchlight.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
