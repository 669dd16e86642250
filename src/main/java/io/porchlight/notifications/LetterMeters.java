package io.porchlight.notifications;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.State;
import io.porchlight.ledger.NotificationAbandoned;
import io.porchlight.ledger.NotificationSettled;
import io.porchlight.notifications.Gate.Admitted;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.SendNow;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Counts letters and texts by what became of them, and measures how long each stage took; what is rolled back is not
 * counted. Why is told by one word, the name of the rule or of the handover, never by anything about a person or an order.
 */
@Component
class LetterMeters {

    private enum Outcome {
        SENT,
        SKIPPED,
        FAILED,
        UNKNOWN,
        PUT_OFF
    }

    private record Kind(Outcome outcome, String channel, String reason) {}

    /** How long the stages of a channel's letters took. */
    private record Stages(Timer dueToClaimed, Timer claimedToSettled, Timer plannedToSent) {}

    /** Few, for each is a series for each channel; from what the machine can do to what people can wait for. */
    private static final Duration[] BUCKETS = Stream.concat(
                    Stream.of(5, 10, 20, 40, 100, 200, 500, 1_000, 2_500, 5_000, 15_000)
                            .map(Duration::ofMillis),
                    Stream.of(1, 5, 15, 60, 360, 1_440).map(Duration::ofMinutes))
            .toArray(Duration[]::new);

    private static final ClassValue<String> WORDS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            String name = ClassUtils.getUserClass(type).getSimpleName();
            return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }
    };

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Stages> stages = new ConcurrentHashMap<>();

    // Made once: a lambda that is written where it is used would be made for each letter.
    private final Function<Kind, Counter> newCounter = this::counter;
    private final Function<String, Stages> newStages = this::stages;

    LetterMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        for (var channel : List.of(Carrier.EMAIL, Carrier.SMS)) {
            // Else the first of each would be missing from every rate.
            counters.computeIfAbsent(new Kind(Outcome.SENT, channel, "accepted"), newCounter);
            counters.computeIfAbsent(new Kind(Outcome.FAILED, channel, "refused"), newCounter);
            counters.computeIfAbsent(new Kind(Outcome.UNKNOWN, channel, "unanswered"), newCounter);
            stages.computeIfAbsent(channel, newStages);
        }
    }

    /** One word for why: the name of what stood in the way. */
    static String word(Object why) {
        return WORDS.get(why.getClass());
    }

    /** A rule of the gate objected. */
    void objected(Notification notification, Rule rule, Verdict objection) {
        switch (objection) {
            case Skip skip -> skipped(notification, word(rule));
            case Later later -> putOff(notification, word(rule));
            case SendNow none -> {}
        }
    }

    void skipped(Notification notification, String reason) {
        count(Outcome.SKIPPED, notification, reason);
    }

    void putOff(Notification notification, String reason) {
        count(Outcome.PUT_OFF, notification, reason);
    }

    /**
     * A gateway did not take it now.
     *
     * @param written whether the ledger has it so; if not, another has the letter
     */
    void putOff(Claim claim, String reason, boolean written) {
        if (written) {
            count(Outcome.PUT_OFF, claim.notification(), reason);
        }
    }

    /** It will never go out; the answer is {@code written}, see above. */
    boolean failed(Claim claim, String reason, boolean written) {
        if (written) {
            count(Outcome.FAILED, claim.notification(), reason);
        }
        return written;
    }

    /** Nobody can say whether it went out. */
    void unknown(Claim claim, String reason, boolean written) {
        if (written) {
            count(Outcome.UNKNOWN, claim.notification(), reason);
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(NotificationAbandoned abandoned) {
        count(Outcome.UNKNOWN, abandoned.notification(), "abandoned");
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(NotificationSettled settled) {
        if (settled.outcome() == State.SENT) {
            var notification = settled.notification();
            counted(Outcome.SENT, notification, "accepted");
            of(notification).plannedToSent().record(since(notification.plannedAt()));
        }
    }

    /** It has been claimed, for good; how long one of unknown fate waits is a rule and no delay. */
    void claimed(Admitted admitted) {
        var notification = admitted.claim().notification();
        if (notification.state() != State.UNKNOWN) {
            of(notification)
                    .dueToClaimed()
                    .record(Duration.between(
                            notification.dueAt(), admitted.facts().now()));
        }
    }

    /** It was brought to its gateway, and what became of it is written down. */
    void carried(Admitted admitted) {
        of(admitted.claim().notification())
                .claimedToSettled()
                .record(since(admitted.facts().now()));
    }

    /** Shows how many connections to the mail server are carrying a letter. */
    void connections(Collection<?> free, int all) {
        Gauge.builder("porchlight.smtp.busy", free, idle -> all - idle.size())
                .description("Connections to the mail server that carry a letter just now")
                .baseUnit("connections")
                .register(meters);
        Gauge.builder("porchlight.smtp.connections", () -> all)
                .description("Connections to the mail server that may be open at once")
                .baseUnit("connections")
                .register(meters);
    }

    private void count(Outcome outcome, Notification notification, String reason) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            counted(outcome, notification, reason);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                counted(outcome, notification, reason);
            }
        });
    }

    private void counted(Outcome outcome, Notification notification, String reason) {
        counters.computeIfAbsent(new Kind(outcome, notification.channel(), reason), newCounter)
                .increment();
    }

    private Stages of(Notification notification) {
        return stages.computeIfAbsent(notification.channel(), newStages);
    }

    private Duration since(Instant then) {
        return Duration.between(then, clock.instant());
    }

    private Counter counter(Kind kind) {
        return Counter.builder("porchlight.letters")
                .description("Letters and texts by what became of them; what is put off comes again")
                .baseUnit("letters")
                .tag("outcome", kind.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .tag("channel", kind.channel())
                .tag("reason", kind.reason())
                .register(meters);
    }

    private Stages stages(String channel) {
        return new Stages(
                timer("porchlight.letters.due.to.claimed", channel, "From when it may go out to when it is taken up"),
                timer(
                        "porchlight.letters.claimed.to.settled",
                        channel,
                        "From when it is taken up to when it is written down what became of it: rendering and handing over"),
                timer(
                        "porchlight.letters.planned.to.sent",
                        channel,
                        "From when the journey asks for it to when it is sent, with every night and every pause between"));
    }

    private Timer timer(String name, String channel, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tag("channel", channel)
                .register(meters);
    }
}
