package io.porchlight.studio;

import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.OrderNames;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Refusal;
import io.porchlight.signals.Signal;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Raw;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One signal as it came, and what a person can do about it. */
@Controller
class SignalPage {

    private static final Duration LONGEST_WAIT = Duration.ofDays(30);
    private static final Map<String, String> DONE = Map.of(
            "replayed", "It is tried again; reload the page in a moment to see what became of it.",
            "attached", "It belongs to that order now, and is tried again.",
            "ignored", "It rests now. Nothing of it was lost: a replay brings it back.",
            "not-replayed", "It cannot be tried again: its customer was erased, and what it said is gone.",
            "not-ignored", "It was understood meanwhile, so there was nothing to ignore.");

    private final SignalDesk signals;
    private final Orders orders;
    private final OrderNames names;

    SignalPage(SignalDesk signals, Orders orders, OrderNames names) {
        this.signals = signals;
        this.orders = orders;
        this.names = names;
    }

    @GetMapping("/studio/signals/{id}")
    String signal(@PathVariable long id, @RequestParam(required = false) @Nullable String done, Model model) {
        return page(find(id), done == null ? null : DONE.get(done), null, model);
    }

    @PostMapping("/studio/signals/{id}/replay")
    String replay(@PathVariable long id) {
        return back(id, signals.replay(find(id).signal().id()) ? "replayed" : "not-replayed");
    }

    @PostMapping("/studio/signals/{id}/ignore")
    String ignore(@PathVariable long id, @RequestParam(defaultValue = "") String why, Principal user) {
        find(id);
        String reason = "Ignored by " + user.getName() + (why.isBlank() ? "" : ": " + why.strip());
        return back(id, signals.ignore(id, reason) ? "ignored" : "not-ignored");
    }

    @PostMapping("/studio/signals/{id}/attach")
    String attach(@PathVariable long id, @RequestParam String order, Model model) {
        var raw = find(id);
        String brand = raw.signal().brand();
        var key = order(brand, order.strip());
        if (key.isEmpty()) {
            return page(raw, null, "There is no order \"" + order.strip() + "\" of " + brand + ".", model);
        }
        try {
            return back(id, signals.attachToOrder(id, key.get()) ? "attached" : "not-replayed");
        } catch (Refusal refused) {
            return page(raw, null, "This order " + refused.faults().getFirst().message() + ".", model);
        }
    }

    /** As it came, byte for byte; a browser saves it and never shows it as a page. */
    @GetMapping("/studio/signals/{id}/body")
    ResponseEntity<byte[]> body(@PathVariable long id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"signal-" + id + ".json\"")
                .body(find(id).body().getBytes(StandardCharsets.UTF_8));
    }

    private String page(Raw raw, @Nullable String done, @Nullable String wrong, Model model) {
        model.addAttribute("signal", raw.signal());
        model.addAttribute("until", until(raw.signal()));
        model.addAttribute("headers", raw.headers());
        model.addAttribute("body", RawBody.of(raw.body()));
        model.addAttribute("done", done);
        model.addAttribute("wrong", wrong);
        return "studio/signal";
    }

    /** How long it still waits; only for one that does. */
    private static @Nullable Instant until(Signal signal) {
        return signal.state() == Signal.State.WAITING ? signal.receivedAt().plus(LONGEST_WAIT) : null;
    }

    /** By its id, or by a name that only one order has. */
    private Optional<JourneyKey> order(String brand, String named) {
        var key = new JourneyKey(brand, named);
        if (named.isEmpty() || orders.find(key).isPresent()) {
            return named.isEmpty() ? Optional.empty() : Optional.of(key);
        }
        var known = names.find(brand, named);
        return known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty();
    }

    private Raw find(long id) {
        return signals.find(id).orElseThrow(Frame.Missing::new);
    }

    private static String back(long id, String done) {
        return "redirect:/studio/signals/" + id + "?done=" + done;
    }
}
