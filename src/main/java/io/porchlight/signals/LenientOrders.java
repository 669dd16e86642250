package io.porchlight.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.orders.Order;
import io.porchlight.orders.Received;
import io.porchlight.orders.Reception;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Refusal.Fault;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads a shop system's order: what is wrong in it and can be done without is left out, and that is told. */
@Component
class LenientOrders {

    /**
     * An order that could be read.
     *
     * @param leftOut what was left out and why, as the end of a sentence; empty when nothing was
     */
    record Read(Received<Order> order, String leftOut) {}

    /** Nobody orders shoes for their wrong telephone number. */
    private static final Set<String> DISPENSABLE = Set.of(
            "customer.email",
            "customer.phone",
            "customer.name",
            "customer.locale",
            "customer.timeZone",
            "customer.consent",
            "country",
            "value",
            "promise");

    private final Reception reception;

    LenientOrders(Reception reception) {
        this.reception = reception;
    }

    /**
     * Reads an order.
     *
     * @throws Refusal when something is wrong that cannot be left out
     */
    Read read(JsonNode posted) {
        ObjectNode order = posted.deepCopy();
        var leftOut = new LinkedHashSet<String>();
        for (int tries = 0; tries <= DISPENSABLE.size(); tries++) {
            try {
                return new Read(reception.read(order, Order.class), told(leftOut));
            } catch (Refusal refusal) {
                for (var fault : refusal.faults()) {
                    leftOut.add(leaveOut(order, fault, refusal));
                }
            }
        }
        throw new Parks("The order cannot be read: " + told(leftOut));
    }

    private static String leaveOut(ObjectNode order, Fault fault, Refusal refusal) {
        for (String field : DISPENSABLE) {
            if (fault.field().equals(field) || fault.field().startsWith(field + ".")) {
                var parent = field.startsWith("customer.") ? order.path("customer") : order;
                if (parent instanceof ObjectNode object) {
                    object.remove(field.substring(field.indexOf('.') + 1));
                    return field + " " + fault.message();
                }
            }
        }
        throw refusal;
    }

    private static String told(Set<String> leftOut) {
        return leftOut.isEmpty() ? "" : ", without " + String.join("; ", leftOut);
    }
}
