package io.porchlight.signals;

/** Something lies in the inbox. */
public record SignalsReceived() {}
