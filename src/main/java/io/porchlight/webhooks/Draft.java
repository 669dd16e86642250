package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** JSON of our own API, as a source fills it; what is empty stays away. */
record Draft(ObjectNode json) {

    static Draft empty() {
        return new Draft(Fields.object());
    }

    /** A milestone by the sender's id. */
    static Draft milestone(String id, String name, @Nullable Instant occurredAt) {
        return empty().with("id", id.substring(0, Math.min(200, id.length())))
                .with("name", name)
                .with("occurredAt", occurredAt == null ? "" : occurredAt.toString());
    }

    /** That an order was cancelled or refunded. */
    static Draft cancellation(String id, @Nullable Instant at, String because) {
        var milestone = milestone(id, "order-cancelled", at);
        milestone.in("details").with("because", because);
        return milestone;
    }

    Draft with(String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
        }
        return this;
    }

    /** The object with this name; it is there from now on. */
    Draft in(String field) {
        return new Draft(json.withObjectProperty(field));
    }

    /** An item's name as people read it: some shops send it as it stands in their HTML. */
    static String itemName(String name) {
        return HtmlUtils.htmlUnescape(name);
    }

    /** Somebody without an account is known by their address. */
    static String guest(String email, String orderId) {
        return "guest:" + (email.isEmpty() ? orderId : email.toLowerCase(Locale.ROOT));
    }
}
