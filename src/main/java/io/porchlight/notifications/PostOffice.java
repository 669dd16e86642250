package io.porchlight.notifications;

import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.notifications.Gate.Admitted;
import io.porchlight.notifications.Handover.Accepted;
import io.porchlight.notifications.Handover.Broken;
import io.porchlight.notifications.Handover.LeaseLost;
import io.porchlight.notifications.Handover.NotNow;
import io.porchlight.notifications.Handover.Refused;
import io.porchlight.notifications.Handover.Unanswered;
import io.porchlight.notifications.Handover.Unreached;
import io.porchlight.notifications.Letters.TemplateProblem;
import jakarta.mail.internet.AddressException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.stereotype.Component;

/** Writes letters, hands them to the mail server over a few open connections, and writes down what became of them. */
@Component
class PostOffice implements Carrier {

    private static final Logger log = LoggerFactory.getLogger(PostOffice.class);

    static {
        // Else Jakarta Mail and Activation search the whole class path for their parts, for every single letter.
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
        System.setProperty(
                "jakarta.activation.spi.MailcapRegistryProvider",
                "org.eclipse.angus.activation.MailcapRegistryProviderImpl");
        System.setProperty(
                "jakarta.activation.spi.MimeTypeRegistryProvider",
                "org.eclipse.angus.activation.MimeTypeRegistryProviderImpl");
    }

    private final Letters letters;
    private final LetterValues values;
    private final Envelopes envelopes;
    private final Refusals refusals;
    private final Ledger ledger;
    private final Destinations destinations;
    private final NotificationSettings settings;
    private final Clock clock;
    private final LetterMeters meters;
    private final Outage outage;
    private final BlockingQueue<Postman> postmen;
    private final Set<String> toldProblems = ConcurrentHashMap.newKeySet();

    PostOffice(
            Letters letters,
            LetterValues values,
            Envelopes envelopes,
            Refusals refusals,
            Ledger ledger,
            Destinations destinations,
            MailProperties server,
            NotificationSettings settings,
            Clock clock,
            LetterMeters meters) {
        this.letters = letters;
        this.values = values;
        this.envelopes = envelopes;
        this.refusals = refusals;
        this.ledger = ledger;
        this.destinations = destinations;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.outage = new Outage(clock, "mail server " + server.getHost() + ":" + server.getPort());
        this.postmen = new ArrayBlockingQueue<>(settings.connections());
        for (int i = 0; i < settings.connections(); i++) {
            postmen.add(new Postman(server, settings));
        }
        meters.connections(postmen, settings.connections());
    }

    @Override
    public String channel() {
        return Carrier.EMAIL;
    }

    @Override
    public int hands() {
        return settings.connections();
    }

    @Override
    public int room() {
        return outage.room();
    }

    @Override
    public void carry(Admitted admitted) {
        outage.bringing(1);
        var claim = admitted.claim();
        Letter letter;
        Envelope envelope;
        try {
            letter =
                    letters.render(admitted.facts().template(), admitted.facts().locale(), values.of(admitted.facts()));
            envelope = envelopes.of(admitted.facts());
        } catch (TemplateProblem broken) {
            meters.failed(claim, "template", ledger.failed(claim, broken.story()));
            tellOnce(broken.story());
            return;
        } catch (AddressException hopeless) {
            meters.failed(
                    claim,
                    "address",
                    ledger.failed(claim, "the address cannot be written to: " + hopeless.getMessage()));
            return;
        }
        var handover = hand(claim, envelope, letter);
        remember(admitted.facts().order().customer().email(), handover);
        settle(claim, letter, handover);
    }

    private void remember(@Nullable String address, Handover handover) {
        switch (handover) {
            case NotNow later -> destinations.putOff(address);
            case Accepted yes -> destinations.answered(address);
            case Refused no -> destinations.answered(address);
            default -> {}
        }
    }

    @Override
    public void close() {
        postmen.forEach(Postman::hangUp);
    }

    private Handover hand(Claim claim, Envelope envelope, Letter letter) {
        Postman postman;
        try {
            postman = postmen.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Unreached("Porchlight stops");
        }
        try {
            return postman.carry(envelope, letter, () -> ledger.attempting(claim), () -> ledger.holds(claim));
        } finally {
            postmen.add(postman);
        }
    }

    private void settle(Claim claim, Letter letter, Handover handover) {
        var now = clock.instant();
        int attempts = claim.notification().attempts() + 1;
        switch (handover) {
            case Accepted accepted -> {
                outage.ends();
                ledger.sent(claim, letter.subject(), accepted.reply());
            }
            case Refused refused -> refusals.settle(claim, refused.reply());
            case NotNow notNow ->
                meters.putOff(
                        claim,
                        LetterMeters.word(notNow),
                        ledger.retry(
                                claim,
                                now.plus(settings.retryAfter(attempts)),
                                attempts,
                                "the mail server asked to wait: " + notNow.reply()));
            case Broken broken ->
                meters.putOff(
                        claim,
                        LetterMeters.word(broken),
                        ledger.retry(
                                claim,
                                now.plus(settings.reconnectAfter(attempts)),
                                attempts,
                                "the connection broke early: " + broken.why()));
            case Unanswered unanswered ->
                meters.unknown(
                        claim,
                        LetterMeters.word(unanswered),
                        ledger.unknown(
                                claim,
                                "the connection broke after the whole letter and before the answer; it may or may not have arrived ("
                                        + unanswered.why() + ")"));
            case Unreached unreached -> {
                outage.begins(unreached.why());
                meters.putOff(
                        claim,
                        LetterMeters.word(unreached),
                        ledger.retry(claim, now, attempts - 1, "the mail server could not be reached"));
            }
            case LeaseLost lost ->
                log.info(
                        "{} of {} was not sent: it was taken back, or by another instance",
                        claim.notification().step(),
                        claim.notification().key());
        }
    }

    private void tellOnce(String problem) {
        if (toldProblems.add(problem)) {
            log.error("A template cannot be rendered, its letters fail and the others flow: {}", problem);
        }
    }
}
