package io.porchlight.studio;

import io.porchlight.brands.Brands;
import io.porchlight.fulfillment.Unclaimed;
import io.porchlight.signals.Signal;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Wanted;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: what came in today, and what a person must look at. */
@Controller
class DeskPage {

    private static final int SHOWN = 50;

    /** One of the lists; {@code look} is parked and waiting together. */
    record Tab(String id, String name, @Nullable Long count) {}

    private final Desk desk;
    private final SignalDesk signals;
    private final Unclaimed unclaimed;
    private final Brands brands;
    private final URI publicUrl;

    DeskPage(Desk desk, SignalDesk signals, Unclaimed unclaimed, Brands brands, Environment environment) {
        this.desk = desk;
        this.signals = signals;
        this.unclaimed = unclaimed;
        this.brands = brands;
        this.publicUrl =
                URI.create(environment.getProperty("porchlight.public-url", "").replaceAll("/+$", ""));
    }

    @GetMapping("/studio")
    String desk(
            @RequestParam(defaultValue = "look") String show,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        var cards = desk.cards();
        long parked = desk.open(State.PARKED);
        long waiting = desk.open(State.WAITING);
        var found = found(show, blankToNull(source), moment(before));
        model.addAttribute("cards", cards);
        model.addAttribute("tabs", tabs(parked, waiting));
        model.addAttribute("show", show);
        model.addAttribute("source", blankToNull(source));
        model.addAttribute("signals", found.stream().limit(SHOWN).toList());
        model.addAttribute("older", found.size() > SHOWN ? found.get(SHOWN - 1).receivedAt() : null);
        model.addAttribute("newest", newest());
        model.addAttribute("unclaimed", unclaimed.newest(SHOWN));
        model.addAttribute("first", first());
        return "studio/desk";
    }

    /** How many signals came since the page was made; a page without news says nothing. */
    @GetMapping("/studio/news")
    String news(@RequestParam long after, Model model) {
        long news = signals.list(Wanted.ALL, SHOWN).stream()
                .filter(signal -> signal.id() > after)
                .count();
        model.addAttribute("after", after);
        model.addAttribute("news", news);
        model.addAttribute("many", news == SHOWN);
        return "studio/news";
    }

    private List<Signal> found(String show, @Nullable String source, @Nullable Instant before) {
        if (!show.equals("look")) {
            return signals.list(new Wanted(state(show), source, null, null, before), SHOWN + 1);
        }
        return Stream.of(State.PARKED, State.WAITING)
                .flatMap(state -> signals.list(new Wanted(state, source, null, null, before), SHOWN + 1).stream())
                .sorted((one, other) -> other.receivedAt().compareTo(one.receivedAt()))
                .toList();
    }

    private static List<Tab> tabs(long parked, long waiting) {
        return List.of(
                new Tab("look", "Needs a look", parked + waiting),
                new Tab("parked", "Parked", parked),
                new Tab("waiting", "Waiting", waiting),
                new Tab("understood", "Understood", null),
                new Tab("ignored", "Ignored", null),
                new Tab("all", "Everything", null));
    }

    private static @Nullable State state(String show) {
        try {
            return State.valueOf(show.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException all) {
            return null;
        }
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private long newest() {
        return signals.list(Wanted.ALL, 1).stream()
                .mapToLong(Signal::id)
                .findFirst()
                .orElse(0);
    }

    /** A first signal that can be pasted into a terminal. */
    private String first() {
        String brand = brands.all().getFirst().id();
        return """
                SECRET=whsec_cG9yY2hsaWdodA==   # one of porchlight.webhooks.standard.%1$s.secrets
                ID=msg_$(date +%%s) TIME=$(date +%%s)
                BODY='{"type":"milestone.reached","data":{"orderId":"1001","id":"ws-1","name":"leather-cut"}}'
                KEY=$(printf %%s "${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
                SIGN=$(printf '%%s.%%s.%%s' "$ID" "$TIME" "$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)
                curl -i %2$s/webhooks/standard/%1$s -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" \\
                  -H "webhook-signature: v1,$SIGN" -H 'Content-Type: application/json' -d "$BODY"
                """.formatted(brand, publicUrl);
    }
}
