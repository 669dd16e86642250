package io.porchlight.notifications;

import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.orders.Fingerprints;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What a letter can be known by when it, or news of it, comes back. Each letter has an envelope sender and a Message-ID of
 * its own, both drawn from its ledger row by the server's key: they tell strangers nothing, cannot be made up, and are the
 * same on every try.
 */
@Component
public class ReturnPath {

    private enum Purpose {
        ENVELOPE,
        MESSAGE_ID;

        private final String words = "return-" + name().toLowerCase(Locale.ROOT);
    }

    private static final int TAG = 32;
    private static final int NUMBER = 16;
    private static final Pattern TOKEN = Pattern.compile("(?<![0-9a-f])[0-9a-f]{" + (TAG + NUMBER) + "}(?![0-9a-f])");
    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST_TOKENS = 20;

    private final Fingerprints fingerprints;
    private final Ledger ledger;
    private final ReturnSettings settings;

    ReturnPath(Fingerprints fingerprints, Ledger ledger, ReturnSettings settings) {
        this.fingerprints = fingerprints;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** Where the letter is sent back to when it cannot be delivered (RFC 5321, MAIL FROM). */
    String envelopeSender(Notification notification, String brandDomain) {
        return settings.mailbox(brandDomain, token(Purpose.ENVELOPE, notification));
    }

    /** The letter's Message-ID, the same on every try. */
    String messageId(Notification notification, String domain) {
        return "<porchlight." + token(Purpose.MESSAGE_ID, notification) + "@" + domain + ">";
    }

    /** The notification whose envelope sender is named in a text from outside; empty when it was made up. */
    public Optional<Notification> byEnvelope(String text) {
        return find(text, Purpose.ENVELOPE);
    }

    /** The notification whose Message-ID is named in a text from outside; empty when it was made up. */
    public Optional<Notification> byMessageId(String text) {
        return find(text, Purpose.MESSAGE_ID);
    }

    private Optional<Notification> find(String text, Purpose purpose) {
        String plain = text.substring(0, Math.min(text.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
        return TOKEN.matcher(plain)
                .results()
                .map(MatchResult::group)
                .limit(MOST_TOKENS)
                .flatMap(token -> find(purpose, token).stream())
                .findFirst();
    }

    /** The number is only believed when the tag, made anew from the row it leads to, is the same. */
    private Optional<Notification> find(Purpose purpose, String token) {
        String tag = token.substring(0, TAG);
        long id = Long.parseUnsignedLong(token.substring(TAG), 16) ^ mask(tag);
        return ledger.find(id)
                .filter(notification -> token(purpose, notification).equals(token));
    }

    private String token(Purpose purpose, Notification notification) {
        String row = notification.id() + "." + notification.plannedAt().toEpochMilli();
        String tag = fingerprints.of(purpose.words, row).substring(0, TAG);
        return tag + "%016x".formatted(notification.id() ^ mask(tag));
    }

    private long mask(String tag) {
        return Long.parseUnsignedLong(fingerprints.of("return-number", tag).substring(0, NUMBER), 16);
    }
}
