package io.porchlight.notifications;

/** A rendered letter: both bodies say the same. */
record Letter(String subject, String html, String text) {}
