package io.porchlight.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.orders.Refusal.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file: an order or a milestone as the API takes it, or what is wrong with it.
 *
 * @param size about how much memory it takes
 */
record Row(
        long number,
        int size,
        @Nullable ObjectNode content,
        @Nullable Fault fault) {

    static Row of(long number, int size, ObjectNode content) {
        return new Row(number, size, content, null);
    }

    static Row wrong(long number, String field, String message) {
        return new Row(number, 0, null, new Fault(field, message));
    }
}
