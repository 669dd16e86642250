/** Everything that can break is broken here, and a checker that trusts nobody looks at what came of it. */
@NullMarked
package io.porchlight.chaos;

import org.jspecify.annotations.NullMarked;
