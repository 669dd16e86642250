package io.porchlight.webhooks;

import static java.util.Map.entry;

import io.porchlight.signals.About;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Shopify's webhooks (shopify.dev, "Webhooks"): orders, their parcels, and what happens to these. */
@Component
class Shopify implements Source {

    private static final String TOPIC = "x-shopify-topic";
    private static final String EVENT = "x-shopify-event-id";
    private static final String DOMAIN = "x-shopify-shop-domain";

    /** Shopify's FulfillmentEventStatus; "confirmed" says no more than that the carrier was told. */
    private static final Map<String, String> MILESTONES = Map.ofEntries(
            entry("label_purchased", "label-created"),
            entry("label_printed", "label-created"),
            entry("confirmed", "label-created"),
            entry("carrier_picked_up", "handed-over"),
            entry("in_transit", "in-transit"),
            entry("out_for_delivery", "out-for-delivery"),
            entry("ready_for_pickup", "ready-for-pickup"),
            entry("picked_up", "delivered"),
            entry("delivered", "delivered"),
            entry("delayed", "delayed"),
            entry("attempted_delivery", "attempt-failed"),
            entry("failure", "exception"));

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        return Signatures.base64(delivery.header("x-shopify-hmac-sha256"), delivery.bytes(), secrets);
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        var body = new Fields(delivery.json());
        String event = delivery.header(EVENT);
        var triggered = new Fields(Fields.object().put("at", delivery.header("x-shopify-triggered-at"))).moment("/at");
        return List.of(new Posted(
                delivery.header(DOMAIN) + " " + delivery.header(TOPIC) + " "
                        + (event.isEmpty() ? delivery.text() : event),
                delivery.text(),
                delivery.header(TOPIC),
                triggered == null ? body.moment("/updated_at") : triggered,
                delivery.text(),
                delivery.headers(List.of(
                        TOPIC,
                        EVENT,
                        DOMAIN,
                        "x-shopify-webhook-id",
                        "x-shopify-triggered-at",
                        "x-shopify-api-version"))));
    }

    @Override
    public List<Meaning> read(Content content) {
        var body = new Fields(content.body());
        return switch (content.header(TOPIC)) {
            case "orders/create", "orders/updated", "orders/paid", "orders/edited", "orders/cancelled" ->
                new ShopifyOrder(content.brand(), content.header(TOPIC), body).read();
            case "fulfillments/create", "fulfillments/update" -> fulfillment(body);
            case "fulfillment_events/create" -> List.of(event(body));
            case "" -> List.of(new Unclear("Shopify did not say what it is about (X-Shopify-Topic)"));
            default ->
                List.of(new Unclear("Shopify posted \"" + content.header(TOPIC) + "\", which means nothing to us yet"));
        };
    }

    private static List<Meaning> fulfillment(Fields body) {
        String status = body.text("/status");
        return switch (status) {
            case "success" -> shipped(body);
            case "cancelled" ->
                List.of(new Happened(
                        about(body),
                        parcel(
                                        Draft.milestone("shopify-cancelled-" + body.text("/id"), "cancelled", null),
                                        body.text("/id"))
                                .json()));
            case "pending", "open", "failure", "error" ->
                List.of(new Nothing("Its parcel is \"" + status + "\", so nothing was shipped"));
            default -> List.of(new Unclear("Shopify says of a parcel \"" + status + "\", which we do not know"));
        };
    }

    private static List<Meaning> shipped(Fields body) {
        String id = body.text("/id");
        var shipped = parcel(Draft.milestone("", "shipped", body.moment("/created_at")), id);
        var details = shipped.in("details").with("carrier", body.text("/tracking_company"));
        details.with("trackingUrl", body.first("/tracking_url", "/tracking_urls/0"));
        details.with("trackingNumber", body.first("/tracking_number", "/tracking_numbers/0"));
        var others = body.list("/tracking_numbers");
        if (others.size() > 1) {
            var numbers = details.json().putArray("trackingNumbers");
            others.forEach(number -> numbers.add(number.text("")));
        }
        var lines = details.json().putArray("lines");
        for (var line : body.list("/line_items")) {
            lines.add(Fields.object().put("sku", ShopifyOrder.sku(line)).put("quantity", line.number("/quantity")));
        }
        // A tracking number that is added later makes another report of the same parcel.
        shipped.with(
                "id",
                "shopify-fulfillment-" + id + "-"
                        + Integer.toHexString(Objects.hash(details.json().toString())));
        var meanings = new ArrayList<Meaning>();
        meanings.add(new Happened(about(body), shipped.json()));
        String status = body.text("/shipment_status");
        String milestone = MILESTONES.get(status);
        if (milestone != null) {
            meanings.add(new Happened(
                    about(body),
                    parcel(Draft.milestone("shopify-shipment-" + id + "-" + status, milestone, null), id)
                            .json()));
        }
        return meanings;
    }

    private static Meaning event(Fields body) {
        String status = body.text("/status");
        String milestone = MILESTONES.get(status);
        if (milestone == null) {
            return new Unclear("Shopify says that a parcel is \"" + status + "\", which we do not know");
        }
        return new Happened(
                about(body),
                parcel(
                                Draft.milestone(
                                        "shopify-event-" + body.text("/id"), milestone, body.moment("/happened_at")),
                                body.text("/fulfillment_id"))
                        .json());
    }

    private static About about(Fields body) {
        return About.order(body.text("/order_id"));
    }

    private static Draft parcel(Draft milestone, String fulfillment) {
        milestone.in("details").with("parcel", fulfillment);
        return milestone;
    }
}
