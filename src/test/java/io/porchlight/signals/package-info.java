@NullMarked
package io.porchlight.signals;

import org.jspecify.annotations.NullMarked;
