package io.porchlight.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one after the other; never more than one of them is held. */
interface Rows {

    /** No order or milestone is longer; the API takes no more either. */
    int LONGEST = 2 * 1024 * 1024;

    /**
     * The next line; null at the end.
     *
     * @throws Unreadable when the rest of the file cannot be read
     * @throws IOException when the connection is lost
     */
    @Nullable
    Row next() throws IOException;
}
