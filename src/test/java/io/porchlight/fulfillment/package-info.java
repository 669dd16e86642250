/** Checks what is made of the milestones that senders report. */
@NullMarked
package io.porchlight.fulfillment;

import org.jspecify.annotations.NullMarked;
