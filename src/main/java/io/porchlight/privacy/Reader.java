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

    /** The customer's language, if the pages speak it, as their live page does; else the brand's, else English. */
    Locale language() {
        return order.customer()
                .language()
                .filter(PageWords::speak)
                .orElseGet(() -> PageWords.spoken(brand.languages().getFirst()));
    }

    String day(Instant at) {
        ZoneId zone = order.zone().orElse(brand.timeZone());
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(language())
                .format(at.atZone(zone));
    }
}
