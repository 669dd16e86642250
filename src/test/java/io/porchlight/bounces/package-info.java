/** What comes back, tried from outside: with real mail servers, and over HTTP. */
@NullMarked
package io.porchlight.bounces;

import org.jspecify.annotations.NullMarked;
