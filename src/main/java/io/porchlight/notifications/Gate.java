package io.porchlight.notifications;

import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
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

    /** What was found due: those that may go out, and how many were looked at. */
    record Round(List<Admitted> admitted, int seen) {}

    /** Claims up to so many notifications of a channel that may go out now. */
    @Transactional
    public Round round(String channel, int most) {
        var admitted = new ArrayList<Admitted>();
        var due = ledger.due(channel, most);
        String owner = UUID.randomUUID().toString();
        for (var notification : due) {
            pass(notification, owner).ifPresent(admitted::add);
        }
        return new Round(admitted, due.size());
    }

    private Optional<Admitted> pass(Notification notification, String owner) {
        return switch (reader.read(notification)) {
            case Facts facts -> pass(facts, owner);
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

    private Optional<Admitted> pass(Facts facts, String owner) {
        var notification = facts.notification();
        return switch (judge(facts)) {
            case SendNow now -> Optional.of(new Admitted(ledger.claim(notification, owner, settings.lease()), facts));
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

    private Optional<Admitted> postpone(Notification notification, Reading why, Duration wait, String reason) {
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
