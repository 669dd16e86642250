package io.porchlight.ledger;

import io.porchlight.ledger.Notification.State;
import io.porchlight.orders.JourneyKey;

/**
 * A notification has been sent or has failed; its row is final.
 *
 * @param notification as it was claimed
 * @param outcome what became of it
 */
public record NotificationSettled(Notification notification, State outcome) {

    /** The journey that it belongs to. */
    public JourneyKey key() {
        return notification.key();
    }
}
