package io.porchlight.notifications;

import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.State;
import io.porchlight.notifications.Reading.Erased;
import io.porchlight.notifications.Reading.Missing;
import io.porchlight.notifications.Reading.Unsettled;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.SendNow;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decides what may go out, with the facts of this moment, in the transaction that claims it. */
@Component
class Gate {

    /** A notification that may go out, with the facts its letter is made from. */
    record Admitted(Claim claim, Facts facts) {}

    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final Duration WHEN_FACTS_ARE_MISSING = Duration.ofMinutes(5);
    private static final Duration WHEN_CONSENT_CHANGES = Duration.ofSeconds(1);

    /** The only reason that an erased customer's ledger keeps. */
    static final String ERASED = "erased: the customer asked to be forgotten";

    private final Ledger ledger;
    private final FactsReader reader;
    private final List<Rule> rules;
    private final NotificationSettings settings;
    private final Clock clock;
    private final LetterMeters meters;

    Gate(
            Ledger ledger,
            FactsReader reader,
            List<Rule> rules,
            NotificationSettings settings,
            Clock clock,
            LetterMeters meters) {
        this.ledger = ledger;
        this.reader = reader;
        this.rules = rules;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * What was found due: those that may go out, and how many were looked at.
     *
     * @param begunBefore whether some of them had been claimed or tried before
     */
    record Round(List<Admitted> admitted, int seen, boolean begunBefore) {}

    /**
     * Claims up to so many notifications of a channel that may go out now.
     *
     * @param sweep whether to look as well for those that were claimed or tried before
     */
    @Transactional
    public Round round(String channel, int most, boolean sweep) {
        var due = sweep ? ledger.due(channel, most) : ledger.duePlanned(channel, most);
        if (due.isEmpty()) {
            return new Round(List.of(), 0, false);
        }
        var readings = reader.read(due);
        var admitted = new ArrayList<Admitted>();
        var passed = new ArrayList<Facts>();
        String owner = UUID.randomUUID().toString();
        for (var notification : due) {
            if (notification.messageClass() == MessageClass.MARKETING) {
                // What another letter of this very round takes away from the customer's week has to be seen.
                admitted.addAll(claim(passed, owner));
                passed.clear();
            }
            pass(notification, readings.of(notification)).ifPresent(passed::add);
        }
        admitted.addAll(claim(passed, owner));
        return new Round(admitted, due.size(), due.stream().anyMatch(one -> one.state() != State.PLANNED));
    }

    private List<Admitted> claim(List<Facts> passed, String owner) {
        var claims = ledger.claim(passed.stream().map(Facts::notification).toList(), owner, settings.lease());
        return IntStream.range(0, claims.size())
                .mapToObj(each -> new Admitted(claims.get(each), passed.get(each)))
                .toList();
    }

    private Optional<Facts> pass(Notification notification, Reading reading) {
        return switch (reading) {
            case Facts facts -> pass(facts);
            case Missing missing -> {
                log.error(
                        "Notification {} of {} waits: its order, brand or model cannot be read",
                        notification.step(),
                        notification.key());
                yield postpone(
                        notification, missing, WHEN_FACTS_ARE_MISSING, "its order, brand or model cannot be read");
            }
            case Unsettled unsettled ->
                postpone(
                        notification,
                        unsettled,
                        WHEN_CONSENT_CHANGES,
                        "the customer was just changing what they want to hear");
            case Erased erased -> {
                ledger.skip(notification, ERASED);
                meters.skipped(notification, LetterMeters.word(erased));
                yield Optional.empty();
            }
        };
    }

    private Optional<Facts> pass(Facts facts) {
        var notification = facts.notification();
        return switch (judge(facts)) {
            case SendNow now -> Optional.of(facts);
            case Later later -> {
                ledger.postpone(notification, later.at(), later.reason());
                if (later.wished()) {
                    ledger.keepTrue(notification, Duration.between(facts.now(), later.at()));
                }
                yield Optional.empty();
            }
            case Skip skip -> {
                ledger.skip(notification, skip.reason());
                yield Optional.empty();
            }
        };
    }

    private Optional<Facts> postpone(Notification notification, Reading why, Duration wait, String reason) {
        meters.putOff(notification, LetterMeters.word(why));
        ledger.postpone(notification, clock.instant().plus(wait), reason);
        return Optional.empty();
    }

    private Verdict judge(Facts facts) {
        for (var rule : rules) {
            var objection = rule.objection(facts);
            if (objection.isPresent()) {
                meters.objected(facts.notification(), rule, objection.get());
                return objection.get();
            }
        }
        return new SendNow();
    }
}
