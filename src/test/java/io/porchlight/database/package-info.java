/** The two databases that Porchlight runs on: what holds on one must hold on the other. */
@NullMarked
package io.porchlight.database;

import org.jspecify.annotations.NullMarked;
