/** Checks that the story that plays itself is played as a shop would play it. */
@NullMarked
package io.porchlight.story;

import org.jspecify.annotations.NullMarked;
