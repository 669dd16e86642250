@NullMarked
package io.porchlight.vitals;

import org.jspecify.annotations.NullMarked;
