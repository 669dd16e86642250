package io.porchlight.signals;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One signal of a delivery, as it lies in the inbox.
 *
 * @param key by which the sender's repeats are known, unique within source and brand
 * @param sameness what a repeat must have in common with the first; usually the body
 * @param type what the sender calls it
 * @param occurredAt when it happened by the sender's clock; absent when unknown
 * @param headers the headers that are needed to understand it, or to follow it up; never a signature's key
 */
public record Posted(
        String key,
        String sameness,
        String type,
        @Nullable Instant occurredAt,
        String body,
        Map<String, String> headers) {}
