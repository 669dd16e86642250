/** Starts the local broker, keeps it running, and says when an engine is ready to take commands. */
@NullMarked
package io.porchlight.engine;

import org.jspecify.annotations.NullMarked;
