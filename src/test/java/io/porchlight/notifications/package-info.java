/** Checks the letters, the templates they are made from, and the rules that hold them back. */
@NullMarked
package io.porchlight.notifications;

import org.jspecify.annotations.NullMarked;
