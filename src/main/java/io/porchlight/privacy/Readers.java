package io.porchlight.privacy;

import io.porchlight.brands.Brands;
import io.porchlight.orders.Links;
import io.porchlight.orders.Links.Purpose;
import io.porchlight.orders.Orders;
import java.net.URI;
import org.springframework.stereotype.Component;

/** Finds out whose letter a link came from. */
@Component
class Readers {

    /** The link opens nothing: it is wrong, cut short, of another purpose, or its customer was erased. */
    static class Gone extends RuntimeException {}

    private final Links links;
    private final Orders orders;
    private final Brands brands;

    Readers(Links links, Orders orders, Brands brands) {
        this.links = links;
        this.orders = orders;
        this.brands = brands;
    }

    /** @throws Gone when the token opens nothing for this purpose */
    Reader find(Purpose purpose, String token) {
        var order = links.opened(purpose, token).flatMap(orders::find).orElseThrow(Gone::new);
        return new Reader(order, brands.get(order.brand()));
    }

    URI preferences(Reader reader) {
        return links.preferences(reader.order().journeyKey());
    }
}
