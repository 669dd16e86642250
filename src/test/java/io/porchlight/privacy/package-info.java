/** The customer's say, tried from outside: over HTTP and with a real mail server. */
@NullMarked
package io.porchlight.privacy;

import org.jspecify.annotations.NullMarked;
