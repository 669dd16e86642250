package io.porchlight.orders;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.orders.Refusal.Kind;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where shops post their orders. */
@RestController
class OrderApi {

    record Accepted(String journeyKey, URI trackingUrl) {}

    private final Orders orders;
    private final Links links;
    private final Reception reception;

    OrderApi(Orders orders, Links links, Reception reception) {
        this.orders = orders;
        this.links = links;
        this.reception = reception;
    }

    @PostMapping("/api/orders")
    ResponseEntity<Accepted> place(@RequestBody JsonNode posted, Principal caller) {
        var received = reception.read(posted, Order.class);
        var key = reception.key(received.content().brand(), received.content().orderId(), caller);
        return switch (orders.place(received)) {
            case NEW -> answer(HttpStatus.ACCEPTED, key);
            case SAME -> answer(HttpStatus.OK, key);
            case CONFLICT ->
                throw new Refusal(
                        Kind.CONFLICT,
                        "orderId",
                        "is taken: an order with this id but other content was accepted before");
        };
    }

    private ResponseEntity<Accepted> answer(HttpStatus status, JourneyKey key) {
        return ResponseEntity.status(status).body(new Accepted(key.toString(), links.tracking(key)));
    }
}
