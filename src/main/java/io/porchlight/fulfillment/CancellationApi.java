package io.porchlight.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.orders.NoSuchOrder;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Reception;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Refusal.Kind;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where shops say that an order was cancelled or refunded. Its model decides what that means; without a word, it ends. */
@RestController
class CancellationApi {

    record Cancelled(String journeyKey, String milestone) {}

    private final Orders orders;
    private final Milestones milestones;
    private final Reception reception;

    CancellationApi(Orders orders, Milestones milestones, Reception reception) {
        this.orders = orders;
        this.milestones = milestones;
        this.reception = reception;
    }

    /** 202, and 200 when it was said before with the same reason. */
    @PostMapping("/api/orders/{brand}/{orderId}/cancellation")
    ResponseEntity<Cancelled> cancel(
            @PathVariable String brand, @PathVariable String orderId, @RequestBody JsonNode posted, Principal caller) {
        var key = reception.key(brand, orderId, caller);
        var cancellation = reception.read(posted, Cancellation.class).content();
        if (orders.find(key).isEmpty()) {
            throw new NoSuchOrder(orderId);
        }
        var answer = new Cancelled(key.toString(), Milestone.ORDER_CANCELLED);
        var outcome = milestones.record(key, reception.read(report(cancellation.reason()), MilestoneReport.class));
        return switch (outcome) {
            case NEW -> ResponseEntity.status(HttpStatus.ACCEPTED).body(answer);
            case SAME -> ResponseEntity.ok(answer);
            case CONFLICT ->
                throw new Refusal(Kind.CONFLICT, "reason", "is another one: this order was cancelled before");
        };
    }

    private static JsonNode report(String because) {
        var report = JsonNodeFactory.instance.objectNode();
        report.put("id", Cancellation.ID).put("name", Milestone.ORDER_CANCELLED);
        report.putObject("details").put("because", because);
        return report;
    }
}
