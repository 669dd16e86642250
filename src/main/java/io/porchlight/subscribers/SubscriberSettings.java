package io.porchlight.subscribers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told what; {@link Subscribers} says in a sentence what is wrong with it.
 *
 * @param subscribers name to what is written about it
 */
@ConfigurationProperties("porchlight")
record SubscriberSettings(@DefaultValue Map<String, Entry> subscribers) {

    /**
     * One subscriber, as written.
     *
     * @param brand whose events it is told
     * @param url where they are posted
     * @param secret signs them; two, while one is being replaced by the other
     * @param events which ones
     */
    record Entry(
            @Nullable String brand,
            @Nullable String url,
            @Nullable List<String> secret,
            @Nullable List<String> events) {}
}
