/** What customers answer to texts, and what providers report about them. */
@ApplicationModule(allowedDependencies = {"orders", "ledger", "texts", "notifications"})
@NullMarked
package io.porchlight.replies;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
