/** Tells the journeys as they run, and checks what is read from their models. */
@NullMarked
package io.porchlight.journeys;

import org.jspecify.annotations.NullMarked;
