/** Camunda Process Test without Docker: the real engine in the test's own JVM, behind the endpoints that the tests poll. */
@NullMarked
package io.porchlight.processtest;

import org.jspecify.annotations.NullMarked;
