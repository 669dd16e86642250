package io.porchlight.bounces;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A mail provider that calls us when letters come back. */
interface Provider {

    /** Its name in the address that it calls, and in the settings. */
    String name();

    /** Whether the call is proven to be the provider's; secrets are compared in constant time. */
    boolean proves(Call call, List<String> secrets);

    /** What it tells; empty when it is nothing that came back. */
    List<News> read(JsonNode body);
}
