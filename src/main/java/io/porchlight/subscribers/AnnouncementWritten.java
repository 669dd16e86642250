package io.porchlight.subscribers;

/** A subscriber is to be told something. */
record AnnouncementWritten() {}
