package io.porchlight.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.fulfillment.MilestoneReport;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.imports.ImportedLine.Outcome;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Reception;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Refusal.Fault;
import io.porchlight.orders.Refusal.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes one line over as the API would take it, so that a repeat is known whichever way it came first. */
@Component
class Clerk {

    private static final String BRAND = "brand";
    private static final String ORDER_ID = "orderId";

    /** A field's name is printed in the report; what somebody wrote in the place of one is not. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,200}");

    private final Orders orders;
    private final Milestones milestones;
    private final Reception reception;
    private final TransactionTemplate alone;

    Clerk(Orders orders, Milestones milestones, Reception reception, PlatformTransactionManager transactions) {
        this.orders = orders;
        this.milestones = milestones;
        this.reception = reception;
        this.alone = new TransactionTemplate(transactions);
        // A line that is refused takes nothing of the others with it.
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** What becomes of a line; nothing of it is written down when it is refused. */
    ImportedLine take(Row row, String brand) {
        var content = row.content();
        if (content == null) {
            return refused(row, null, null, row.fault() == null ? new Fault("body", "is empty") : row.fault());
        }
        var names = new Names();
        try {
            return alone.execute(status -> take(row.number(), content.deepCopy(), brand, names));
        } catch (Refusal refusal) {
            return refused(
                    row, names.orderId, names.milestoneId, refusal.faults().getFirst());
        } catch (DataIntegrityViolationException impossible) {
            return refused(row, names.orderId, names.milestoneId, new Fault("body", "holds what no database can keep"));
        }
    }

    /** What a line names, as far as it was found to be names. */
    private static class Names {
        @Nullable
        String orderId;

        @Nullable
        String milestoneId;
    }

    private ImportedLine take(long number, ObjectNode content, String brand, Names names) {
        boolean milestone = milestone(content);
        if (!content.has(BRAND)) {
            content.put(BRAND, brand);
        }
        var key = reception.key(text(content, BRAND), text(content, ORDER_ID), () -> brand);
        names.orderId = key.orderId();
        var outcome = milestone ? report(key, content, names) : place(content);
        return switch (outcome) {
            case NEW -> new ImportedLine(number, names.orderId, names.milestoneId, Outcome.ACCEPTED, null, null);
            case SAME -> new ImportedLine(number, names.orderId, names.milestoneId, Outcome.DUPLICATE, null, null);
            case CONFLICT ->
                throw new Refusal(
                        Kind.CONFLICT,
                        milestone ? "id" : ORDER_ID,
                        "is taken: " + (milestone ? "a milestone" : "an order")
                                + " with this id but other content was accepted before");
        };
    }

    private Orders.Outcome place(ObjectNode content) {
        return orders.place(reception.read(content, Order.class));
    }

    private Orders.Outcome report(JourneyKey key, ObjectNode content, Names names) {
        var received = reception.read(content.remove(List.of(BRAND, ORDER_ID)), MilestoneReport.class);
        names.milestoneId = received.content().id();
        return milestones.record(key, received);
    }

    /** Either the line says it, or it can be seen: only milestones have a name, and only orders a customer. */
    private static boolean milestone(ObjectNode content) {
        var type = content.remove("type");
        if (type == null || type.isNull()) {
            return content.has("name") && !content.has("customer");
        }
        if (!Set.of("order", "milestone").contains(type.asText())) {
            throw new Refusal(Kind.INVALID, "type", "must be order or milestone");
        }
        return type.asText().equals("milestone");
    }

    private static String text(ObjectNode content, String field) {
        var value = content.get(field);
        if (value == null || value.isNull()) {
            throw new Refusal(Kind.INVALID, field, "must not be blank");
        }
        if (!value.isTextual()) {
            throw new Refusal(Kind.INVALID, field, "must be a text");
        }
        return value.textValue();
    }

    private static ImportedLine refused(Row row, @Nullable String orderId, @Nullable String milestoneId, Fault fault) {
        return new ImportedLine(
                row.number(),
                orderId,
                milestoneId,
                Outcome.REFUSED,
                FIELD.matcher(fault.field()).matches() ? fault.field() : "body",
                fault.message().substring(0, Math.min(500, fault.message().length())));
    }
}
