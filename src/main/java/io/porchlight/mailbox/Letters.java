package io.porchlight.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The newest letters, in memory. */
@Component
@ConditionalOnProperty("porchlight.mailbox.enabled")
final class Letters {

    private static final int KEPT = 2_000;

    private final ConcurrentSkipListMap<Long, Letter> letters = new ConcurrentSkipListMap<>();
    private final AtomicLong arrived = new AtomicLong();
    private final Clock clock;

    Letters(Clock clock) {
        this.clock = clock;
    }

    void receive(MimeMessage message, String recipient) throws MessagingException {
        var id = arrived.incrementAndGet();
        letters.put(id, Letter.of(id, clock.instant(), message, recipient));
        letters.headMap(id - KEPT, true).clear();
    }

    Optional<Letter> find(String id) {
        try {
            return Optional.ofNullable(letters.get(Long.valueOf(id)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Those whose recipient or subject contains the words, newest first. */
    List<Letter> mentioning(String words) {
        return letters.descendingMap().values().stream()
                .filter(letter -> letter.mentions(words))
                .toList();
    }
}
