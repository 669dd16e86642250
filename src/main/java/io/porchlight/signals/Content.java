package io.porchlight.signals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/** A signal taken out of the inbox to be understood: the same as often as it is tried. */
public record Content(String brand, String type, JsonNode body, Map<String, String> headers, Instant receivedAt) {

    /** A header that was kept; empty when it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
