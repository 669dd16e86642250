package io.porchlight.subscribers;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Somebody outside who is told what happens to a brand's orders.
 *
 * @param signers one per secret; whoever knows either of them can check who sent it
 */
record Subscriber(String brand, String name, URI url, List<Webhook> signers, Set<EventType> events) {

    boolean wants(String ofBrand, EventType type) {
        return brand.equals(ofBrand) && events.contains(type);
    }

    @Override
    public String toString() {
        return name + " of " + brand;
    }
}
