package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.signals.About;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.OrderSaid;
import io.porchlight.signals.Meaning.Unclear;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** An order as Shopify tells it: a snapshot of everything, on every occasion. */
record ShopifyOrder(String brand, String topic, Fields body) {

    private static final Set<String> TAKEN_BACK = Set.of("voided", "refunded");

    List<Meaning> read() {
        if (body.text("/id").isEmpty()) {
            return List.of(new Unclear("It is about an order, but does not say which"));
        }
        if (body.yes("/test")) {
            return List.of(new Nothing("This is a test order of Shopify (\"test\": true): nothing begins"));
        }
        boolean over = !body.text("/cancelled_at").isEmpty() || TAKEN_BACK.contains(status());
        if (over && topic.equals("orders/create")) {
            return List.of(
                    new Nothing("The order was cancelled, refunded or voided from the beginning: nothing begins"));
        }
        var meanings = new ArrayList<Meaning>();
        meanings.add(new OrderSaid(
                order(), names(), body.moment("/updated_at"), false, !over && !topic.equals("orders/cancelled")));
        if (!body.text("/cancelled_at").isEmpty() || topic.equals("orders/cancelled")) {
            String reason = body.text("/cancel_reason");
            meanings.add(new Happened(
                    about(),
                    Draft.cancellation(
                                    "shopify-cancelled",
                                    body.moment("/cancelled_at"),
                                    reason.isEmpty() ? "cancelled in the shop" : "cancelled in the shop: " + reason)
                            .json()));
        }
        if (TAKEN_BACK.contains(status())) {
            meanings.add(new Happened(
                    about(),
                    Draft.cancellation("shopify-" + status(), null, status() + " in the shop")
                            .json()));
        }
        return meanings;
    }

    /** What a line is called everywhere: orders and parcels must agree. */
    static String sku(Fields line) {
        String sku = line.first("/sku", "/variant_id", "/id");
        return sku.substring(0, Math.min(200, sku.length()));
    }

    private String status() {
        return body.text("/financial_status");
    }

    private About about() {
        return About.order(body.text("/id"));
    }

    private List<String> names() {
        return List.of(body.text("/name"), body.text("/order_number"));
    }

    private JsonNode order() {
        var order = Draft.empty().with("brand", brand).with("orderId", body.text("/id"));
        order.with("placedAt", placedAt());
        order.with("country", body.first("/shipping_address/country_code", "/billing_address/country_code"));
        customer(order.in("customer"));
        lines(order);
        if (body.text("/total_price").matches("\\d{1,15}(\\.\\d{1,6})?")) {
            order.in("value")
                    .with("currency", body.text("/currency"))
                    .json()
                    .put("amount", new BigDecimal(body.text("/total_price")));
        }
        return order.json();
    }

    private String placedAt() {
        var at = body.moment("/processed_at");
        var created = at == null ? body.moment("/created_at") : at;
        return created == null ? "" : created.toString();
    }

    private void customer(Draft customer) {
        // The address that was given with this very order; the account's may be another's.
        String email = body.first("/contact_email", "/email", "/customer/email");
        String id = body.text("/customer/id");
        customer.with("id", id.isEmpty() ? Draft.guest(email, body.text("/id")) : id);
        customer.with("name", name());
        customer.with("email", email);
        customer.with("phone", body.first("/phone", "/shipping_address/phone", "/customer/phone"));
        customer.with("locale", body.text("/customer_locale"));
        customer.in("consent").json().put("marketing", marketing()).put("sms", sms());
    }

    private String name() {
        for (String whose : List.of("/shipping_address", "/billing_address", "/customer")) {
            String name = body.text(whose + "/name").isEmpty()
                    ? (body.text(whose + "/first_name") + " " + body.text(whose + "/last_name")).strip()
                    : body.text(whose + "/name");
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    /** Where two fields contradict each other, nobody agreed to anything. */
    private boolean marketing() {
        String state = body.text("/customer/email_marketing_consent/state");
        boolean accepted = body.yes("/buyer_accepts_marketing");
        return accepted && (state.isEmpty() || state.equals("subscribed")) && !body.no("/customer/accepts_marketing");
    }

    private boolean sms() {
        return body.text("/customer/sms_marketing_consent/state").equals("subscribed");
    }

    private void lines(Draft order) {
        var all = body.list("/line_items");
        var shipped = all.stream()
                .filter(line -> !line.no("/requires_shipping") && quantity(line) > 0)
                .toList();
        var lines = order.json().putArray("lines");
        for (var line : shipped.isEmpty() ? all : shipped) {
            var item = Fields.object()
                    .put("sku", sku(line))
                    .put("name", Draft.itemName(line.first("/name", "/title", "/sku")))
                    .put("quantity", quantity(line));
            var tags = item.putArray("tags");
            Arrays.stream(body.text("/tags").split(","))
                    .map(String::strip)
                    .filter(tag -> !tag.isEmpty() && tag.length() <= 100)
                    .distinct()
                    .limit(100)
                    .forEach(tags::add);
            lines.add(item);
        }
    }

    /** After an order was edited, less than was once ordered may be on its way. */
    private static int quantity(Fields line) {
        return line.node().has("current_quantity") ? line.number("/current_quantity") : line.number("/quantity");
    }
}
