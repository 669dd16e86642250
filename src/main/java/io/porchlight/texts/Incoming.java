package io.porchlight.texts;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A request that claims to come from a provider, not believed yet.
 *
 * @param url as the provider knows it
 * @param headers by their names in small letters
 */
public record Incoming(URI url, Map<String, String> headers, byte[] body) {

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Incoming same
                && url.equals(same.url)
                && headers.equals(same.headers)
                && Arrays.equals(body, same.body);
    }

    @Override
    public int hashCode() {
        return url.hashCode() + Arrays.hashCode(body);
    }
}
