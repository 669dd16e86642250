package io.porchlight.texts;

import io.porchlight.texts.Receipt.Taken;
import io.porchlight.texts.Receipt.Withheld;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Everybody's phone, in memory, on a developer's machine; no text leaves it. */
@Component
@ConditionalOnProperty(name = "porchlight.texts.provider", havingValue = "local")
public class LocalPhone implements TextGateway {

    /** A text that arrived. */
    public record Arrived(Instant at, Text text) {}

    private static final int KEPT = 2_000;

    private final Deque<Arrived> texts = new ArrayDeque<>();
    private final Clock clock;

    LocalPhone(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "local phone";
    }

    @Override
    public Receipt hand(Text text, BooleanSupplier leave) {
        if (!leave.getAsBoolean()) {
            return new Withheld();
        }
        synchronized (texts) {
            texts.addLast(new Arrived(clock.instant(), text));
            if (texts.size() > KEPT) {
                texts.removeFirst();
            }
        }
        return new Taken("It lies on the local phone");
    }

    /** The newest texts, oldest first. */
    public List<Arrived> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }
}
