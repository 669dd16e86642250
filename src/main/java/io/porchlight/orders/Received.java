package io.porchlight.orders;

/**
 * Something a sender posted, read and checked.
 *
 * @param hash SHA-256 of its canonical JSON; two posts with the same hash say the same
 */
public record Received<T>(T content, String hash) {}
