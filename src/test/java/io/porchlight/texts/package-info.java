/** Checks how texts are counted, handed over and answered, against a provider that speaks HTTP. */
@NullMarked
package io.porchlight.texts;

import org.jspecify.annotations.NullMarked;
