package io.porchlight.texts;

import java.net.URI;

/**
 * One text message.
 *
 * @param id the same on every try
 * @param from the brand's number, or what the provider takes for one
 * @param to in E.164, such as {@code +393471234567}
 * @param status where the provider reports what became of it
 */
public record Text(String id, String from, String to, String body, URI status) {

    /** How many messages it becomes. */
    public Segments segments() {
        return Segments.of(body);
    }
}
