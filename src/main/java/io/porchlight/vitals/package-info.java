/** The vital signs of Porchlight, for whoever watches the machines: what waits to be worked off, and since when. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.porchlight.vitals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
