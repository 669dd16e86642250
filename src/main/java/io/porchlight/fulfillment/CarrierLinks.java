package io.porchlight.fulfillment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Which addresses from outside may become links that a customer can follow. */
@Component
public class CarrierLinks {

    private final FulfillmentSettings settings;

    CarrierLinks(FulfillmentSettings settings) {
        this.settings = settings;
    }

    /** The address, if it leads by http(s) to a host that is known; else empty, and it is not shown at all. */
    public String known(String address) {
        return within(address, settings.linkHosts());
    }

    /** The same for other hosts, given by name; their subdomains count too. */
    public static String within(String address, Collection<String> hosts) {
        try {
            var uri = new URI(address);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            boolean known = hosts.stream().anyMatch(allowed -> host.equals(allowed) || host.endsWith("." + allowed));
            return web && known && uri.getUserInfo() == null ? uri.toASCIIString() : "";
        } catch (URISyntaxException noAddress) {
            return "";
        }
    }
}
