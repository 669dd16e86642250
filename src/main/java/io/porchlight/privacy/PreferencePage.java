package io.porchlight.privacy;

import static java.util.stream.Collectors.toSet;

import io.porchlight.consent.Consents;
import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Channel;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Links.Purpose;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where a customer chooses what to hear from a brand: one plain form, and words about what it did. */
@Controller
class PreferencePage {

    private final Readers readers;
    private final Consents consents;
    private final Farewells farewells;
    private final PageWords words;
    private final Clock clock;

    PreferencePage(Readers readers, Consents consents, Farewells farewells, PageWords words, Clock clock) {
        this.readers = readers;
        this.consents = consents;
        this.farewells = farewells;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping("/p/{token}")
    String show(@PathVariable String token, Model model) {
        var reader = readers.find(Purpose.PREFERENCES, token);
        return page(reader, model, "");
    }

    @PostMapping("/p/{token}")
    String save(
            @PathVariable String token,
            @ModelAttribute("form") PreferenceForm form,
            Model model,
            HttpServletResponse response) {
        var reader = readers.find(Purpose.PREFERENCES, token);
        var chosen = form.chosen(current(reader), clock.instant());
        if (chosen.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(reader, model, "misread");
        }
        farewells.prefer(reader.order(), chosen.get());
        return page(reader, model, "saved");
    }

    private String page(Reader reader, Model model, String did) {
        var now = clock.instant();
        var current = current(reader);
        var until = current.pausedUntil();
        var said = words.in(reader.language(), reader.brand().name());
        model.addAttribute("lang", reader.language().getLanguage());
        model.addAttribute("dir", PageWords.direction(reader.language()));
        model.addAttribute("words", said);
        model.addAttribute("title", said.get("preferences.title"));
        model.addAttribute("brand", reader.brand());
        model.addAttribute("did", did);
        model.addAttribute("wants", current);
        model.addAttribute("channel", current.channel() == null ? Channel.EMAIL : current.channel());
        model.addAttribute("pausedUntil", until != null && current.paused(now) ? reader.day(until) : "");
        model.addAttribute("topics", Topic.values());
        model.addAttribute("paces", Pace.values());
        model.addAttribute("channels", Channel.values());
        return "privacy/preferences";
    }

    /** What holds now: marketing is ticked only if it would come. */
    private Preferences current(Reader reader) {
        var consent = consents.of(reader.order()).orElseThrow(Readers.Gone::new);
        var wishes = consent.preferences();
        var topics = wishes.topics().stream()
                .filter(topic -> topic == Topic.ORDER_UPDATES || consent.allows(topic))
                .collect(toSet());
        return new Preferences(topics, wishes.channel(), wishes.pace(), wishes.pausedUntil());
    }
}
