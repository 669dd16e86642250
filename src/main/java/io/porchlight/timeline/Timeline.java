package io.porchlight.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.EarlierTry;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.TextStatuses.TextStatus;
import io.porchlight.orders.Journey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import io.porchlight.orders.Wish;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one order.
 *
 * @param trackingUrl absent when the customer was erased
 * @param journey absent until it is chosen
 * @param promise what the customer was told last; absent when nothing was said
 * @param wishes what the customer asked for on their page; absent when nothing was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Timeline(
        String journeyKey,
        Order order,
        @Nullable URI trackingUrl,
        @Nullable JourneyLine journey,
        List<MilestoneLine> milestones,
        List<NotificationLine> notifications,
        @Nullable PromiseLine promise,
        @Nullable WishLine wishes) {

    /** What the customer asked for; {@code deliveryNote} is absent when they left none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WishLine(boolean gift, @Nullable String deliveryNote) {

        static @Nullable WishLine of(Wish wish) {
            return wish.equals(Wish.NONE)
                    ? null
                    : new WishLine(wish.gift(), wish.deliveryNote().isEmpty() ? null : wish.deliveryNote());
        }
    }

    /** The journey, by the model it travels in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JourneyLine(String process, int version, String state) {

        static @Nullable JourneyLine of(Journey journey) {
            var travel = journey.travel();
            return travel == null
                    ? null
                    : new JourneyLine(travel.processId(), travel.version(), lower(journey.state()));
        }
    }

    /** One milestone; {@code parcel} is absent when it is about the whole order. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MilestoneLine(
            String name,
            @Nullable Instant occurredAt,
            boolean implied,
            @Nullable String parcel,
            Instant receivedAt,
            JsonNode details,
            String state) {

        static MilestoneLine of(io.porchlight.fulfillment.Milestone milestone) {
            return new MilestoneLine(
                    milestone.name(),
                    milestone.occurredAt(),
                    milestone.implied(),
                    milestone.wholeOrder() ? null : milestone.parcel(),
                    milestone.receivedAt(),
                    milestone.details(),
                    lower(milestone.state()));
        }
    }

    /** One notification of the ledger, with its reason, the gateway's reply, and for a text what became of it then. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NotificationLine(
            String step,
            String channel,
            String template,
            String state,
            @Nullable String reason,
            @Nullable String subject,
            @Nullable Instant sentAt,
            Instant plannedAt,
            @Nullable Instant dueAt,
            int attempts,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EarlierTry> earlierTries,
            @Nullable String reply,
            @Nullable BounceLine bounce,
            @Nullable TextStatus delivery) {

        static NotificationLine of(
                Notification notification,
                List<EarlierTry> earlierTries,
                List<Bounce> bounces,
                @Nullable TextStatus delivery) {
            boolean sent = notification.state() == Notification.State.SENT;
            boolean planned = notification.state() == Notification.State.PLANNED;
            return new NotificationLine(
                    notification.step(),
                    notification.channel(),
                    notification.template(),
                    lower(notification.state()),
                    notification.reason(),
                    notification.subject(),
                    sent ? notification.settledAt() : null,
                    notification.plannedAt(),
                    planned ? notification.dueAt() : null,
                    notification.attempts(),
                    earlierTries,
                    notification.reply(),
                    bounces.isEmpty() ? null : BounceLine.of(bounces.getLast()),
                    delivery);
        }
    }

    /** What came back last after a letter was sent; the notification stays sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BounceLine(Instant at, String kind, @Nullable String code, String text) {

        static BounceLine of(Bounce bounce) {
            return new BounceLine(bounce.at(), lower(bounce.kind()), bounce.code(), bounce.text());
        }
    }

    /** The promise as it stands, and everything that was said before, oldest first. */
    record PromiseLine(String from, String to, List<Said> history) {

        record Said(String from, String to, Instant saidAt) {}

        static @Nullable PromiseLine of(List<Told> told) {
            if (told.isEmpty()) {
                return null;
            }
            var now = told.getLast().promise();
            return new PromiseLine(
                    now.from().toString(),
                    now.to().toString(),
                    told.stream()
                            .map(said -> new Said(
                                    said.promise().from().toString(),
                                    said.promise().to().toString(),
                                    said.at()))
                            .toList());
        }
    }

    private static String lower(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
