package io.porchlight.notifications;

import io.porchlight.consent.Consent;
import io.porchlight.ledger.Notification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The customer a letter is for: what they agreed to, and what they have heard.
 *
 * @param twin the same news on another channel; absent where the model leaves no choice
 * @param others how many other messages there were about this order
 * @param marketing when there was marketing in the last seven days about any of their orders, oldest first; asked only for
 *     marketing
 */
record Addressee(Consent consent, @Nullable Notification twin, int others, List<Instant> marketing) {}
