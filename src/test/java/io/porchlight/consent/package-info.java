/** What customers agreed to, on both databases. */
@NullMarked
package io.porchlight.consent;

import org.jspecify.annotations.NullMarked;
