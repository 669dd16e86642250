package io.porchlight.orders;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where shops and workshops say that the promised days move. */
@RestController
class PromiseApi {

    record Moved(String journeyKey, String from, String to) {}

    private final Orders orders;
    private final Promises promises;
    private final Reception reception;

    PromiseApi(Orders orders, Promises promises, Reception reception) {
        this.orders = orders;
        this.promises = promises;
        this.reception = reception;
    }

    /** 202 when the day moved, 200 when the customer was told this very day already. */
    @PostMapping("/api/orders/{brand}/{orderId}/promise")
    ResponseEntity<Moved> move(
            @PathVariable String brand, @PathVariable String orderId, @RequestBody JsonNode posted, Principal caller) {
        var key = reception.key(brand, orderId, caller);
        var change = reception.read(posted, PromiseChange.class).content();
        if (orders.find(key).isEmpty()) {
            throw new NoSuchOrder(orderId);
        }
        boolean moved = promises.move(key, change.promise(), change.because(), null);
        return ResponseEntity.status(moved ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .body(new Moved(
                        key.toString(), change.from().toString(), change.to().toString()));
    }
}
