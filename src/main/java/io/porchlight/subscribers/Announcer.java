package io.porchlight.subscribers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.consent.CustomerUnsubscribed;
import io.porchlight.ledger.Notification.State;
import io.porchlight.ledger.NotificationSettled;
import io.porchlight.orders.JourneyEnded;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.OrderErased;
import io.porchlight.silence.CustomerInSilence;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down what subscribers are to be told, in the transaction of the fact itself: no fact without its announcement, no
 * announcement without its fact. It names orders and customers by the shop's own ids and nobody by name or address, so
 * that what waits for a broken subscriber, or lies in its logs, tells only the shop who it was.
 */
@Component
class Announcer {

    private final Subscribers subscribers;
    private final Announcements announcements;
    private final ApplicationEventPublisher events;
    private final ObjectMapper json;
    private final Clock clock;

    Announcer(
            Subscribers subscribers,
            Announcements announcements,
            ApplicationEventPublisher events,
            ObjectMapper json,
            Clock clock) {
        this.subscribers = subscribers;
        this.announcements = announcements;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    /** Why it failed is for the operator alone: mail servers quote addresses. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(NotificationSettled settled) {
        var notification = settled.notification();
        var data = about(settled.key());
        data.put("notificationId", Long.toString(notification.id()));
        data.put("journey", notification.processId());
        data.put("step", notification.step());
        data.put("channel", notification.channel());
        data.put("class", notification.messageClass().name().toLowerCase(Locale.ROOT));
        if (notification.milestone() != null) {
            data.put("milestone", notification.milestone());
        }
        boolean sent = settled.outcome() == State.SENT;
        announce(settled.key(), sent ? EventType.NOTIFICATION_SENT : EventType.NOTIFICATION_FAILED, data);
    }

    /** {@code source} is {@code unsubscribe-link}, {@code preference-page} or {@code complaint}. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomerUnsubscribed unsubscribed) {
        var data = about(unsubscribed.order());
        data.put("customerId", unsubscribed.customer().customerId());
        data.put("source", unsubscribed.source().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        announce(unsubscribed.order(), EventType.CUSTOMER_UNSUBSCRIBED, data);
    }

    /** The model's own end was reached. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(JourneyEnded ended) {
        var data = about(ended.key());
        data.put("journey", ended.travel().processId());
        data.put("version", ended.travel().version());
        announce(ended.key(), EventType.JOURNEY_COMPLETED, data);
    }

    /** {@code since} is when the customer heard something last, {@code budget} what the model allows, such as P5D. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomerInSilence silence) {
        var data = about(silence.key());
        data.put("journey", silence.travel().processId());
        data.put("version", silence.travel().version());
        data.put("since", silence.since());
        data.put("budget", silence.budget().toString());
        announce(silence.key(), EventType.SILENCE_ALARM, data);
    }

    /** What nobody took yet is withdrawn. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(OrderErased erased) {
        announcements.forget(erased.key());
    }

    private static Map<String, Object> about(JourneyKey key) {
        var data = new LinkedHashMap<String, Object>();
        data.put("brand", key.brand());
        data.put("orderId", key.orderId());
        return data;
    }

    private void announce(JourneyKey key, EventType type, Map<String, Object> data) {
        var interested = subscribers.all().stream()
                .filter(one -> one.wants(key.brand(), type))
                .toList();
        if (interested.isEmpty()) {
            return;
        }
        String body = body(type, data);
        interested.forEach(one -> announcements.write(one, type, key, body));
        events.publishEvent(new AnnouncementWritten());
    }

    private String body(EventType type, Map<String, Object> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", type.toString());
        event.put("timestamp", clock.instant());
        event.put("data", data);
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
