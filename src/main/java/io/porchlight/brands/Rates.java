package io.porchlight.brands;

import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** How fast each brand may speak. */
@Component
public class Rates {

    private final BrandSettings settings;

    Rates(BrandSettings settings) {
        this.settings = settings;
    }

    /** How many messages of a brand may leave in a second; empty when as many as there are. */
    public OptionalInt perSecond(String brand) {
        var secrets = settings.brands().get(brand);
        return secrets == null || secrets.perSecond() == null
                ? OptionalInt.empty()
                : OptionalInt.of(secrets.perSecond());
    }
}
