/** Receives every letter that Porchlight sends on a developer's machine, and shows it. */
@NullMarked
package io.porchlight.mailbox;

import org.jspecify.annotations.NullMarked;
