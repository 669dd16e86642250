package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.signals.About;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.OrderSaid;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** WooCommerce's webhooks (woocommerce.com, "Webhooks"): its orders, each time as they stand then. */
@Component
class WooCommerce implements Source {

    private static final String TOPIC = "x-wc-webhook-topic";
    private static final String SITE = "x-wc-webhook-source";
    private static final String SIGNATURE = "x-wc-webhook-signature";
    private static final Set<String> TOPICS = Set.of("order.created", "order.updated");
    private static final Set<String> UNPAID = Set.of("pending", "on-hold", "checkout-draft", "auto-draft");
    private static final Set<String> OVER = Set.of("cancelled", "refunded", "failed", "trash");

    @Override
    public String name() {
        return "woocommerce";
    }

    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        return Signatures.base64(delivery.header(SIGNATURE), delivery.bytes(), secrets);
    }

    /** Unsigned, when a webhook is set up; without a 2xx the shop does not switch it on. */
    @Override
    public boolean knock(Delivery delivery) {
        return delivery.bytes().length < 64
                && delivery.header(SIGNATURE).isEmpty()
                && delivery.text().matches("webhook_id=\\d{1,20}");
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        var body = new Fields(delivery.json());
        String id = body.text("/id");
        String key = String.join(" ", delivery.header(SITE), id, body.text("/date_modified_gmt"), body.text("/status"));
        return List.of(new Posted(
                id.isEmpty() ? delivery.text() : key,
                body.node().toString(),
                delivery.header(TOPIC),
                body.gmt("/date_modified_gmt"),
                delivery.text(),
                delivery.headers(List.of(TOPIC, SITE, "x-wc-webhook-id", "x-wc-webhook-delivery-id"))));
    }

    @Override
    public List<Meaning> read(Content content) {
        var body = new Fields(content.body());
        if (!TOPICS.contains(content.header(TOPIC))) {
            return List.of(
                    new Unclear("WooCommerce posted \"" + content.header(TOPIC) + "\", which means nothing to us yet"));
        }
        String id = body.text("/id");
        if (id.isEmpty()) {
            return List.of(new Unclear("It is about an order, but does not say which"));
        }
        String status = body.text("/status");
        if (UNPAID.contains(status)) {
            return List.of(new Nothing("The order is not paid yet (\"" + status + "\"): nothing begins"));
        }
        boolean over = OVER.contains(status);
        if (over && content.header(TOPIC).equals("order.created")) {
            return List.of(new Nothing("The order was \"" + status + "\" from the beginning: nothing begins"));
        }
        if (!over && !status.equals("processing") && !status.equals("completed")) {
            return List.of(new Unclear("WooCommerce says that an order is \"" + status + "\", which we do not know"));
        }
        var meanings = new ArrayList<Meaning>();
        meanings.add(new OrderSaid(
                order(content.brand(), body),
                List.of(body.text("/number")),
                body.gmt("/date_modified_gmt"),
                false,
                !over));
        if (over) {
            meanings.add(new Happened(
                    About.order(id),
                    Draft.cancellation("woo-" + status, null, status + " in the shop")
                            .json()));
        }
        meanings.addAll(parcels(id, body));
        if (status.equals("completed") && meanings.size() == 1) {
            meanings.add(new Happened(
                    About.order(id),
                    Draft.milestone("woo-completed", "shipped", body.gmt("/date_completed_gmt"))
                            .json()));
        }
        return meanings;
    }

    /** As the extension Shipment Tracking writes them into the order. */
    private static List<Meaning> parcels(String order, Fields body) {
        var parcels = new ArrayList<Meaning>();
        for (var meta : body.list("/meta_data")) {
            if (meta.text("/key").equals("_wc_shipment_tracking_items")) {
                for (var item : meta.list("/value")) {
                    String number = item.text("/tracking_number");
                    var shipped = Draft.milestone("woo-parcel-" + number, "shipped", null);
                    shipped.in("details")
                            .with("parcel", number)
                            .with("trackingNumber", number)
                            .with("carrier", item.first("/custom_tracking_provider", "/tracking_provider"));
                    parcels.add(new Happened(About.order(order), shipped.json()));
                }
            }
        }
        return parcels;
    }

    private static ObjectNode order(String brand, Fields body) {
        var order = Draft.empty().with("brand", brand).with("orderId", body.text("/id"));
        var paid = body.gmt("/date_paid_gmt");
        var created = body.gmt("/date_created_gmt");
        order.with("placedAt", paid != null ? paid.toString() : created == null ? "" : created.toString());
        order.with("country", body.first("/shipping/country", "/billing/country"));
        String email = body.text("/billing/email");
        String customer = body.text("/customer_id");
        order.in("customer")
                .with(
                        "id",
                        customer.isEmpty() || customer.equals("0") ? Draft.guest(email, body.text("/id")) : customer)
                .with("name", name(body))
                .with("email", email)
                .with("phone", body.first("/billing/phone", "/shipping/phone"));
        var lines = order.json().putArray("lines");
        for (var line : body.list("/line_items")) {
            String sku = line.first("/sku", "/variation_id", "/product_id", "/id");
            lines.add(Fields.object()
                    .put("sku", sku.equals("0") ? line.first("/product_id", "/id") : sku)
                    .put("name", Draft.itemName(line.first("/name", "/sku")))
                    .put("quantity", line.number("/quantity")));
        }
        if (body.text("/total").matches("\\d{1,15}(\\.\\d{1,6})?")) {
            order.in("value")
                    .with("currency", body.text("/currency"))
                    .json()
                    .put("amount", new BigDecimal(body.text("/total")));
        }
        return order.json();
    }

    private static String name(Fields body) {
        String name = (body.text("/billing/first_name") + " " + body.text("/billing/last_name")).strip();
        return name.isEmpty()
                ? (body.text("/shipping/first_name") + " " + body.text("/shipping/last_name")).strip()
                : name;
    }
}
