package io.porchlight.orders;

/**
 * Something a sender posted, read and checked.
 *
 * @param hash SHA-256 of its canonical JSON; two posts with the same hash say the same
 */
public record Received<T>(T content, String hash) {

    /** Stands where the hash of something that was erased stood; no SHA-256 is known to be this. */
    public static final String FORGOTTEN = "0".repeat(64);
}
