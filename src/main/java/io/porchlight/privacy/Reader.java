package io.porchlight.privacy;

import io.porchlight.brands.Brand;
import io.porchlight.orders.Order;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Who opened a page by the link of a letter: the customer of that letter's order. */
record Reader(Order order, Brand brand) {

    /** The language that the letter was in, if the pages speak it. */
    Locale language() {
        return PageWords.spoken(brand.languageFor(order.customer().language().orElse(Locale.ROOT)));
    }

    String day(Instant at) {
        ZoneId zone = order.zone().orElse(brand.timeZone());
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(language())
                .format(at.atZone(zone));
    }
}
