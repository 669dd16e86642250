package io.porchlight.imports;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that comes in.
 *
 * @param id names its reading; nobody else has used it
 * @param brand the brand that the sender may speak about
 * @param size in bytes; absent when the sender did not say
 */
public record Upload(
        String id,
        String brand,
        String sentBy,
        Format format,
        InputStream body,
        @Nullable Long size) {

    /** How it is written. */
    public enum Format {
        /** One JSON object a line, as the API takes them. */
        NDJSON,
        /** A table with a header. */
        CSV,
        /** Whatever its first character says. */
        ANY
    }
}
