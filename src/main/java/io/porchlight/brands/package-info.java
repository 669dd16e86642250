/** Who sells: each brand's name, look, voice and keys. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.porchlight.brands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
