package io.porchlight.notifications;

import io.porchlight.consent.TextStops;
import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.notifications.Gate.Admitted;
import io.porchlight.notifications.Letters.TemplateProblem;
import io.porchlight.orders.Links;
import io.porchlight.orders.Phone;
import io.porchlight.orders.Phone.Mobile;
import io.porchlight.texts.Receipt;
import io.porchlight.texts.Receipt.Broken;
import io.porchlight.texts.Receipt.NotNow;
import io.porchlight.texts.Receipt.Refused;
import io.porchlight.texts.Receipt.Taken;
import io.porchlight.texts.Receipt.Unanswered;
import io.porchlight.texts.Receipt.Unreached;
import io.porchlight.texts.Receipt.Unsubscribed;
import io.porchlight.texts.Receipt.Withheld;
import io.porchlight.texts.Segments;
import io.porchlight.texts.Text;
import io.porchlight.texts.TextGateway;
import io.porchlight.texts.TextSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes text messages, hands them to the provider, and writes down what became of them. */
@Component
class TextDesk implements Carrier {

    private static final Logger log = LoggerFactory.getLogger(TextDesk.class);

    private final Letters letters;
    private final LetterValues values;
    private final Links links;
    private final Ledger ledger;
    private final TextStops stops;
    private final Optional<TextGateway> gateway;
    private final TextSettings settings;
    private final NotificationSettings patience;
    private final Clock clock;
    private final LetterMeters meters;
    private final Outage outage;
    private final Set<String> toldProblems = ConcurrentHashMap.newKeySet();

    TextDesk(
            Letters letters,
            LetterValues values,
            Links links,
            Ledger ledger,
            TextStops stops,
            Optional<TextGateway> gateway,
            TextSettings settings,
            NotificationSettings patience,
            Clock clock,
            LetterMeters meters) {
        this.letters = letters;
        this.values = values;
        this.links = links;
        this.ledger = ledger;
        this.stops = stops;
        this.gateway = gateway;
        this.settings = settings;
        this.patience = patience;
        this.clock = clock;
        this.meters = meters;
        this.outage = new Outage(
                clock,
                "provider of text messages, " + gateway.map(TextGateway::name).orElse("none") + ",");
    }

    @Override
    public String channel() {
        return SMS;
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
        var facts = admitted.facts();
        if (gateway.isEmpty() || !(Phone.of(facts.order()) instanceof Mobile mobile)) {
            throw new IllegalStateException("The gate let a text through that nobody can send");
        }
        Text text;
        try {
            text = write(facts, mobile);
        } catch (TemplateProblem broken) {
            meters.failed(claim, "template", ledger.failed(claim, broken.story()));
            if (toldProblems.add(broken.story())) {
                log.error("A template cannot be rendered, its texts fail and the others flow: {}", broken.story());
            }
            return;
        }
        int segments = text.segments().count();
        if (segments > settings.mostSegments()) {
            meters.failed(claim, "too-long", ledger.failed(claim, tooLong(text.segments())));
            return;
        }
        settle(
                admitted,
                mobile,
                text,
                gateway.get().hand(text, () -> leave(claim, facts.brand().id(), mobile)));
    }

    private Text write(Facts facts, Mobile mobile) {
        var notification = facts.notification();
        String said = letters.text(facts.template(), facts.locale(), values.of(facts));
        return new Text(
                id(notification),
                settings.sender(facts.brand().id()).orElseThrow(),
                mobile.number(),
                Segments.plain(said),
                links.at("/webhooks/texts/" + settings.provider().name().toLowerCase(Locale.ROOT) + "?text="
                        + id(notification)));
    }

    /** Also after the numbering of the ledger has begun anew, no two texts have the same. */
    static String id(Notification notification) {
        return notification.id() + "-" + Long.toString(notification.plannedAt().toEpochMilli(), 36);
    }

    private String tooLong(Segments segments) {
        return "the text is too long: it would take " + segments.count() + " messages of "
                + (segments.gsm() ? "153" : "67") + " characters"
                + (segments.gsm() ? "" : ", because it holds a character that telephones do not have")
                + ", and at most " + settings.mostSegments() + " are allowed (porchlight.texts.most-segments)";
    }

    /** First it is written down that the text leaves, then it is asked whether it may; {@link Farewells} does the reverse. */
    private boolean leave(Claim claim, String brand, Mobile mobile) {
        if (!ledger.attempting(claim)) {
            return false;
        }
        if (stops.hold(brand, mobile)) {
            ledger.handBack(claim);
            return false;
        }
        return ledger.holds(claim);
    }

    private void settle(Admitted admitted, Mobile mobile, Text text, Receipt receipt) {
        var claim = admitted.claim();
        var now = clock.instant();
        int attempts = claim.notification().attempts() + 1;
        switch (receipt) {
            case Taken taken -> {
                outage.ends();
                ledger.sent(claim, preview(admitted.facts(), text), taken.reply() + ", " + words(text.segments()));
            }
            case Refused refused ->
                meters.failed(
                        claim,
                        LetterMeters.word(refused),
                        ledger.failed(claim, "the provider refused it: " + refused.why()));
            case Unsubscribed unsubscribed -> {
                stops.begin(admitted.facts().brand().id(), mobile);
                meters.failed(
                        claim,
                        LetterMeters.word(unsubscribed),
                        ledger.failed(claim, "the provider refused it: " + unsubscribed.why()));
            }
            case NotNow notNow ->
                meters.putOff(
                        claim,
                        LetterMeters.word(notNow),
                        ledger.retry(
                                claim,
                                later(now, patience.retryAfter(attempts), notNow.after()),
                                attempts,
                                "the provider put it off: " + notNow.why()));
            case Broken broken ->
                meters.putOff(
                        claim,
                        LetterMeters.word(broken),
                        ledger.retry(
                                claim,
                                now.plus(patience.reconnectAfter(attempts)),
                                attempts,
                                "the connection broke early: " + broken.why()));
            case Unanswered unanswered ->
                meters.unknown(
                        claim,
                        LetterMeters.word(unanswered),
                        ledger.unknown(
                                claim,
                                "the provider had the text and did not answer; it may or may not have arrived ("
                                        + unanswered.why() + ")"));
            case Unreached unreached -> {
                outage.begins(unreached.why());
                meters.putOff(
                        claim,
                        LetterMeters.word(unreached),
                        ledger.retry(
                                claim, now, attempts - 1, "the provider could not be reached: " + unreached.why()));
            }
            case Withheld withheld -> log.debug("{} was withheld at the last moment", claim.notification());
        }
    }

    private static Instant later(Instant now, Duration ours, Duration theirs) {
        return now.plus(ours.compareTo(theirs) > 0 ? ours : theirs);
    }

    /** For the ledger, which must not hold the customer's link. */
    private static String preview(Facts facts, Text text) {
        return text.body().replace(facts.links().order().toString(), "…");
    }

    private static String words(Segments segments) {
        return segments.count() == 1 ? "1 segment" : segments.count() + " segments";
    }
}
