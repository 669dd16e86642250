package io.porchlight.notifications;

import io.porchlight.consent.Consent;
import java.time.Instant;
import java.util.List;

/**
 * The customer a letter is for: what they agreed to, and what they have heard.
 *
 * @param others how many other messages there were about this order
 * @param marketing when there was marketing in the last seven days about any of their orders, oldest first; asked only for
 *     marketing
 */
record Addressee(Consent consent, int others, List<Instant> marketing) {}
