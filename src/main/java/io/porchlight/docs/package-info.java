/** The API, explained: its description, and the page on which it can be read and tried. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.porchlight.docs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
