package io.porchlight.subscribers;

import java.util.Arrays;
import java.util.Optional;

/** What a subscriber can ask to be told. */
enum EventType {
    NOTIFICATION_SENT("notification.sent"),
    NOTIFICATION_FAILED("notification.failed"),
    CUSTOMER_UNSUBSCRIBED("customer.unsubscribed"),
    JOURNEY_COMPLETED("journey.completed"),
    SILENCE_ALARM("silence.alarm");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
