package io.porchlight.orders;

import io.porchlight.orders.Order.Promise;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A promise that moves, as a sender reports it.
 *
 * @param because why, in words that the customer may read
 */
public record PromiseChange(
        @NotNull LocalDate from,
        @NotNull LocalDate to,
        @Size(max = 500) @Nullable String because) {

    @AssertTrue(message = "must lie between the years 1970 and 9999")
    boolean isFrom() {
        return from == null || (from.getYear() >= 1970 && from.getYear() <= 9999);
    }

    @AssertTrue(message = "must not lie before from, nor after the year 9999")
    boolean isTo() {
        return from == null || to == null || (!to.isBefore(from) && to.getYear() <= 9999);
    }

    /** The days it moves to. */
    public Promise promise() {
        return new Promise(from, to);
    }
}
