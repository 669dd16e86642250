@NullMarked
package io.porchlight.silence;

import org.jspecify.annotations.NullMarked;
