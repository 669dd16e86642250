/** Taps on the shoulder: tells every instance of Porchlight, within a moment, that there is something new to look at. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.porchlight.wakeups;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
