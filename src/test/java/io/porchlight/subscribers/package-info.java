@NullMarked
package io.porchlight.subscribers;

import org.jspecify.annotations.NullMarked;
