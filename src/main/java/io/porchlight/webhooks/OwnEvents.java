package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.signals.About;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.OrderSaid;
import io.porchlight.signals.Meaning.PromiseMoved;
import io.porchlight.signals.Meaning.Unclear;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our own event types: their data is what our API takes, plus the {@code orderId} that the API has in its address.
 *
 * @param subject whom the envelope says it is about; empty when it does not
 * @param time when it happened by the sender's clock; absent when the envelope does not say
 */
record OwnEvents(
        String brand,
        String type,
        JsonNode data,
        String subject,
        @Nullable Instant time) {

    List<Meaning> read() {
        if (!(data instanceof ObjectNode given)) {
            return List.of(new Unclear("Its data is no JSON object"));
        }
        var fields = new Fields(given);
        String named = fields.text("/brand");
        if (!named.isEmpty() && !named.equals(brand)) {
            return List.of(new Unclear("It speaks of the brand " + named + ", and came for " + brand));
        }
        var body = given.deepCopy();
        return List.of(
                switch (type) {
                    case "order.placed" -> new OrderSaid(body.put("brand", brand), List.of(), time, true, true);
                    case "milestone.reached" -> new Happened(about(fields), without(body));
                    case "promise.changed" -> new PromiseMoved(about(fields), without(body), time);
                    case "order.cancelled" ->
                        new Happened(
                                about(fields),
                                Draft.cancellation("cancellation", null, fields.text("/reason"))
                                        .json());
                    default -> new Unclear("\"" + type + "\" means nothing to us");
                });
    }

    private About about(Fields fields) {
        String order = fields.text("/orderId").isEmpty() ? subject : fields.text("/orderId");
        return order.isEmpty() ? About.parcel(fields.text("/details/trackingNumber")) : About.order(order);
    }

    private static ObjectNode without(ObjectNode body) {
        body.remove(List.of("orderId", "brand"));
        return body;
    }
}
