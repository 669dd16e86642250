/** Porchlight keeps customers company between paying and opening the box. */
@NullMarked
package io.porchlight;

import org.jspecify.annotations.NullMarked;
