/** Checks the whole way of a text, and what its reader and its provider say about it. */
@NullMarked
package io.porchlight.replies;

import org.jspecify.annotations.NullMarked;
