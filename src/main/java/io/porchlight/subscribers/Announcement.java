package io.porchlight.subscribers;

/**
 * One event for one subscriber.
 *
 * @param webhookId the same on every attempt: subscribers recognise repeats by it
 * @param attempts how often it was sent, this attempt included; also tells this attempt from later ones
 */
record Announcement(long id, String webhookId, String type, String body, int attempts) {}
