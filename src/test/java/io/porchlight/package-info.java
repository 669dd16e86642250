/** Checks what holds for the whole house. */
@NullMarked
package io.porchlight;

import org.jspecify.annotations.NullMarked;
