package io.porchlight.notifications;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a letter's links lead.
 *
 * @param order the customer's live page
 * @param preferences where the customer chooses what to hear
 * @param unsubscribe where marketing is stopped; absent from letters that are none
 */
record LetterLinks(URI order, URI preferences, @Nullable URI unsubscribe) {}
