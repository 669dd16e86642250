package io.porchlight.webhooks;

import static java.util.Map.entry;

import io.porchlight.signals.About;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.PromiseMoved;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** AfterShip's tracking webhooks (aftership.com/docs/tracking/webhook): what a carrier scanned, and when it is to come. */
@Component
class AfterShip implements Source {

    private static final Map<String, String> MILESTONES = Map.ofEntries(
            entry("InfoReceived", "label-created"),
            entry("InTransit", "in-transit"),
            entry("OutForDelivery", "out-for-delivery"),
            entry("AvailableForPickup", "ready-for-pickup"),
            entry("Delivered", "delivered"),
            entry("AttemptFail", "attempt-failed"),
            entry("Exception", "exception"));

    /** Where a date is told, the better source first; several versions of the webhook are in use. */
    private static final List<String> ESTIMATES = List.of(
            "/msg/latest_estimated_delivery/datetime",
            "/msg/aftership_estimated_delivery_date/estimated_delivery_date",
            "/msg/courier_estimated_delivery_date/estimated_delivery_date",
            "/msg/expected_delivery");

    @Override
    public String name() {
        return "aftership";
    }

    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        return Signatures.base64(delivery.header("aftership-hmac-sha256"), delivery.bytes(), secrets);
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        var body = new Fields(delivery.json());
        String id = body.text("/event_id");
        return List.of(new Posted(
                id.isEmpty() ? delivery.text() : id,
                body.text("/event") + " " + body.node().path("msg"),
                body.text("/event"),
                newest(body),
                delivery.text(),
                delivery.headers(List.of("as-webhook-version"))));
    }

    @Override
    public List<Meaning> read(Content content) {
        var body = new Fields(content.body());
        return List.of(
                switch (body.text("/event")) {
                    case "tracking_update" -> scanned(body);
                    case "edd_revise" -> estimated(body);
                    case "tracking_pending_time" -> new Nothing("The carrier has not begun yet");
                    default ->
                        new Unclear("AfterShip posted \"" + body.text("/event") + "\", which means nothing to us yet");
                });
    }

    private static Meaning scanned(Fields body) {
        String tag = body.text("/msg/tag");
        if (tag.equals("Pending") || tag.equals("Expired")) {
            return new Nothing("The carrier tells nothing new of the parcel (\"" + tag + "\")");
        }
        String name = MILESTONES.get(tag);
        if (name == null) {
            return new Unclear("AfterShip says that a parcel is \"" + tag + "\", which we do not know");
        }
        String id = body.first("/msg/id", "/msg/tracking_number");
        var milestone = Draft.milestone("aftership-" + id + "-" + tag + "-" + when(body), name, newest(body));
        milestone
                .in("details")
                .with("carrier", body.text("/msg/slug"))
                .with("trackingNumber", body.text("/msg/tracking_number"))
                .with("trackingUrl", body.text("/msg/courier_tracking_link"));
        return new Happened(about(body), milestone.json());
    }

    private static Meaning estimated(Fields body) {
        for (String pointer : ESTIMATES) {
            var day = body.day(pointer);
            if (day != null) {
                var from = body.day(pointer + "_min");
                var to = body.day(pointer + "_max");
                var change = Draft.empty()
                        .with("from", (from == null ? day : from).toString())
                        .with("to", (to == null ? day : to).toString())
                        .with("because", because(body));
                return new PromiseMoved(about(body), change.json(), sent(body));
            }
        }
        return new Unclear("AfterShip says that the day of arrival changed, but not to which");
    }

    private static String because(Fields body) {
        String reason = body.first(
                "/msg/aftership_estimated_delivery_date/revise_reason", "/msg/latest_estimated_delivery/revise_reason");
        return reason.replace('_', ' ');
    }

    private static About about(Fields body) {
        return About.parcel(
                body.text("/msg/tracking_number"), body.text("/msg/order_id"), body.text("/msg/order_number"));
    }

    /** Seconds since 1970. */
    private static @Nullable Instant sent(Fields body) {
        var ts = body.node().at("/ts");
        return ts.isIntegralNumber() && ts.canConvertToInt() ? Instant.ofEpochSecond(ts.asLong()) : null;
    }

    /** The newest checkpoint that says its zone; without one nobody knows when it was. */
    private static @Nullable Instant newest(Fields body) {
        var points = body.list("/msg/checkpoints");
        if (points.isEmpty() || points.getLast().moment("/checkpoint_time") == null) {
            return null;
        }
        return points.stream()
                .map(point -> point.moment("/checkpoint_time"))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static String when(Fields body) {
        var points = body.list("/msg/checkpoints");
        return points.isEmpty() ? "" : points.getLast().text("/checkpoint_time");
    }
}
