package io.porchlight.consent;

import io.porchlight.orders.Phone.Mobile;
import org.springframework.stereotype.Component;

/** Who answered STOP to a brand's text messages. It holds for the number, whoever it belongs to, until START. */
@Component
public class TextStops {

    private final Suppressions suppressions;

    TextStops(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** No texts of this brand to this number any more. */
    public void begin(String brand, Mobile mobile) {
        suppressions.stopTexts(brand, mobile);
    }

    /** The owner of the number wants texts again; whether there were any is still up to their consent. */
    public void end(String brand, Mobile mobile) {
        suppressions.allowTexts(brand, mobile);
    }

    /** Whether no text of this brand may go to this number. */
    public boolean hold(String brand, Mobile mobile) {
        return suppressions.textsStopped(brand, mobile);
    }
}
