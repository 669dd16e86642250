package io.porchlight.notifications;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.SendAt;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.JourneyModel.ValidUntil;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A letter that is due at some hour at some place, as a test wants it. */
class Scene {

    private static final JourneyKey KEY = new JourneyKey("bottega", "1001");

    private final Instant now;
    private final Instant plannedAt;
    private String channel = "email";
    private MessageClass messageClass = MessageClass.TRANSACTIONAL;
    private String email = "bob@example.com";
    private @Nullable SendAt sendAt;
    private @Nullable ValidUntil validUntil;
    private @Nullable String zone;
    private @Nullable String country;
    private @Nullable String reason;
    private @Nullable Instant dueAt;
    private final List<Milestone> milestones = new ArrayList<>();
    private final List<Told> promises = new ArrayList<>();

    private Scene(Instant now) {
        this.now = now;
        this.plannedAt = now;
    }

    static Scene at(String now) {
        return new Scene(Instant.parse(now));
    }

    Scene by(String wantedChannel) {
        channel = wantedChannel;
        return this;
    }

    Scene marketing() {
        messageClass = MessageClass.MARKETING;
        return this;
    }

    Scene to(String address) {
        email = address;
        return this;
    }

    Scene sentAt(SendAt hours) {
        sendAt = hours;
        return this;
    }

    Scene trueUntil(ValidUntil until) {
        validUntil = until;
        return this;
    }

    Scene in(@Nullable String timeZone, @Nullable String shippedTo) {
        zone = timeZone;
        country = shippedTo;
        return this;
    }

    Scene happened(String name, String occurredAt) {
        var at = Instant.parse(occurredAt);
        milestones.add(new Milestone(
                milestones.size() + 1L,
                KEY,
                name,
                Milestone.WHOLE_ORDER,
                1,
                false,
                at,
                at,
                JsonNodeFactory.instance.objectNode(),
                Milestone.State.CORRELATED));
        return this;
    }

    Scene promised(String toldAt) {
        var day = java.time.LocalDate.parse("2026-12-28");
        promises.add(new Told(new Order.Promise(day, day), Instant.parse(toldAt)));
        return this;
    }

    Scene waiting(String because, Instant until) {
        reason = because;
        dueAt = until;
        return this;
    }

    Facts facts() {
        var brand = Situation.news(null).facts().brand();
        var customer = new Order.Customer("c-77", "Bob", email, null, "en", zone, null);
        return new Facts(
                notification(),
                new Order("bottega", "1001", now, customer, List.of(), null, country, null),
                brand,
                model(),
                milestones,
                promises,
                LetterTrial.AGREED,
                LetterTrial.LINKS,
                null,
                false,
                false,
                now);
    }

    private JourneyModel model() {
        var step = new Step(
                "Mail", "shoes/news", List.of(channel), messageClass.name(), null, sendAt, validUntil, "out", 1);
        var words = new JourneyModel.Words("OrderPlaced", "Order confirmed", "");
        return new JourneyModel("shoes", "Shoes", null, words, List.of(), List.of(step), java.util.Map.of());
    }

    private Notification notification() {
        return new Notification(
                1,
                KEY,
                "shoes",
                "Mail",
                Occurrence.FIRST,
                channel,
                "shoes/news",
                messageClass,
                "out",
                1,
                Notification.State.PLANNED,
                plannedAt,
                dueAt == null ? now : dueAt,
                null,
                0,
                reason,
                null,
                null,
                null,
                null);
    }
}
