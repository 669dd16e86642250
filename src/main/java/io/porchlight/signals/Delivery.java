package io.porchlight.signals;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.porchlight.signals.Unreadable.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request of a webhook, as it came over the wire. */
public final class Delivery {

    /** No vendor nests as deep or writes as long; what does wants to hurt. */
    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxNumberLength(500)
                            .maxStringLength(1_000_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String brand;
    private final byte[] body;
    private final Map<String, String> headers = new TreeMap<>();
    private final Instant receivedAt;

    /**
     * A request.
     *
     * @param headers names in any case; of those that were sent twice, the first
     */
    public Delivery(String brand, byte[] body, Map<String, String> headers, Instant receivedAt) {
        this.brand = brand;
        this.body = body.clone();
        headers.forEach((name, value) -> this.headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        this.receivedAt = receivedAt;
    }

    public String brand() {
        return brand;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** The raw bytes: what a signature is about. */
    public byte[] bytes() {
        return body.clone();
    }

    /** A header; empty when it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** All headers, their names in lower case. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Those of the named headers that were sent. */
    public Map<String, String> headers(Collection<String> names) {
        var chosen = new LinkedHashMap<String, String>();
        for (String name : names) {
            if (headers.containsKey(name)) {
                chosen.put(name, header(name));
            }
        }
        return chosen;
    }

    /**
     * The body as text.
     *
     * @throws Unreadable when it is no UTF-8
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw new Unreadable(Kind.NOT_JSON, "The body must be JSON in UTF-8");
        }
    }

    /**
     * The body as a JSON object.
     *
     * @throws Unreadable when it is none
     */
    public JsonNode json() {
        var node = parse(text());
        if (!node.isObject()) {
            throw new Unreadable(Kind.NOT_JSON, "The body must be one JSON object");
        }
        return node;
    }

    /**
     * Reads JSON strictly: no duplicate keys, nothing behind it, nothing so deep or long that it can only be meant to hurt.
     *
     * @throws Unreadable when it is none
     */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new Unreadable(
                    Kind.NOT_JSON,
                    "The body must be JSON: "
                            + broken.getOriginalMessage().lines().findFirst().orElse("it is not"));
        }
    }
}
