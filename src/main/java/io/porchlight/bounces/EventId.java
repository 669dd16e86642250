package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The name under which an event is known once and for all, however long its sender's own id is. */
final class EventId {

    private static final int LONGEST = 150;

    private EventId() {}

    static String of(String source, String id) {
        return source + ":"
                + (id.length() <= LONGEST && id.chars().allMatch(EventId::printable) ? id : hash(id.getBytes(UTF_8)));
    }

    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean printable(int character) {
        return character > ' ' && character < 127;
    }
}
