@NullMarked
package io.porchlight.webhooks;

import org.jspecify.annotations.NullMarked;
