/** Hands text messages to those who can send them: Twilio, a provider of one's own over signed HTTP, or the local phone. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.porchlight.texts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
