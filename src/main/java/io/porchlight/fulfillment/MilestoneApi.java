package io.porchlight.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Where workshops and warehouses post what happened. */
@RestController
class MilestoneApi {

    record Accepted(String journeyKey, String milestone) {}

    private final Milestones milestones;
    private final Reception reception;

    MilestoneApi(Milestones milestones, Reception reception) {
        this.milestones = milestones;
        this.reception = reception;
    }

    @PostMapping("/api/orders/{brand}/{orderId}/milestones")
    ResponseEntity<Accepted> report(
            @PathVariable String brand, @PathVariable String orderId, @RequestBody JsonNode posted, Principal caller) {
        var key = reception.key(brand, orderId, caller);
        var received = reception.read(posted, MilestoneReport.class);
        var answer = new Accepted(key.toString(), received.content().name());
        return switch (milestones.record(key, received)) {
            case NEW -> ResponseEntity.status(HttpStatus.ACCEPTED).body(answer);
            case SAME -> ResponseEntity.ok(answer);
            case CONFLICT ->
                throw new Refusal(
                        Kind.CONFLICT,
                        "id",
                        "is taken: a milestone with this id but other content was accepted before");
        };
    }
}
