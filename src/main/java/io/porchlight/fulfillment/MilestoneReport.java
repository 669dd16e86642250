package io.porchlight.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.orders.Identifier;
import io.porchlight.orders.Refusal;
import io.porchlight.orders.Refusal.Kind;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A milestone as a sender reports it.
 *
 * @param id the sender's id, unique within the order
 * @param occurredAt when it happened, by the sender's clock; absent when unknown
 * @param details {@code parcel}, {@code lines}, {@code carrier}, {@code trackingNumber}, {@code trackingUrl},
 *     {@code note} and whatever else the sender knows
 */
public record MilestoneReport(
        @Identifier String id,

        @NotNull
        @Size(max = 100)
        @Pattern(regexp = "[a-z][a-z0-9]*(-[a-z0-9]+)*", message = "must be kebab-case, such as leather-cut")
        String name,

        @Nullable Instant occurredAt,
        @Nullable JsonNode details) {

    @AssertTrue(message = "must be a JSON object")
    boolean isDetails() {
        return details == null || details.isNull() || details.isObject();
    }

    @AssertTrue(message = "must lie between the years 1970 and 9999")
    boolean isOccurredAt() {
        return occurredAt == null
                || (!occurredAt.isBefore(Instant.EPOCH) && occurredAt.isBefore(Instant.parse("9999-12-31T00:00:00Z")));
    }

    /**
     * The parcel that it is about, or {@link Milestone#WHOLE_ORDER}.
     *
     * @throws Refusal when {@code details.parcel} names none
     */
    String parcel() {
        var parcel = details == null ? null : details.get("parcel");
        if (parcel == null || parcel.isNull()) {
            return Milestone.WHOLE_ORDER;
        }
        if (!parcel.isTextual() || !named(parcel.textValue())) {
            throw new Refusal(
                    Kind.INVALID, "details.parcel", "must be a text of 1 to 200 characters, other than \"-\"");
        }
        return parcel.textValue();
    }

    /** The same without what may tell of a person: only the parcel it belongs to. */
    MilestoneReport withoutPerson() {
        var parcel = details == null ? null : details.get("parcel");
        var rest = JsonNodeFactory.instance.objectNode();
        return new MilestoneReport(id, name, occurredAt, parcel == null ? rest : rest.set("parcel", parcel));
    }

    private static boolean named(String parcel) {
        return !parcel.isBlank()
                && parcel.length() <= 200
                && parcel.chars().noneMatch(Character::isISOControl)
                && !parcel.equals(Milestone.WHOLE_ORDER);
    }
}
