package io.porchlight.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The answer to a caller who speaks of an order that is not there, or that belongs to another brand: which, is not told. */
public class NoSuchOrder extends ResponseStatusException {

    public NoSuchOrder(String orderId) {
        super(HttpStatus.NOT_FOUND, "There is no order " + orderId + " that your API key opens");
    }
}
