package io.porchlight.fulfillment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * An order that will not be delivered, as a sender reports it.
 *
 * @param reason why, for support
 */
record Cancellation(@NotBlank @Size(max = 500) String reason) {

    /** The id of the milestone that it is written down as. */
    static final String ID = "cancellation";
}
