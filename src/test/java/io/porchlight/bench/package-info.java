/** What Porchlight costs, measured beside what the engine alone can do: {@code mvn -Pbench verify}. */
@NullMarked
package io.porchlight.bench;

import org.jspecify.annotations.NullMarked;
