package io.porchlight.privacy;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.Links.Purpose;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where marketing ends with one click (RFC 8058): a POST does it, whoever sends it and whatever its body, for the token is
 * the proof; a GET changes nothing, because mail scanners follow links.
 */
@Controller
class UnsubscribePage {

    private final Readers readers;
    private final Farewells farewells;
    private final PageWords words;

    UnsubscribePage(Readers readers, Farewells farewells, PageWords words) {
        this.readers = readers;
        this.farewells = farewells;
        this.words = words;
    }

    @GetMapping("/u/{token}")
    String ask(@PathVariable String token, Model model) {
        return page(readers.find(Purpose.UNSUBSCRIBE, token), false, model);
    }

    @PostMapping("/u/{token}")
    String unsubscribe(@PathVariable String token, Model model) {
        var reader = readers.find(Purpose.UNSUBSCRIBE, token);
        farewells.unsubscribe(reader.order());
        return page(reader, true, model);
    }

    private String page(Reader reader, boolean done, Model model) {
        var said = words.in(reader.language(), reader.brand().name());
        model.addAttribute("lang", reader.language().getLanguage());
        model.addAttribute("dir", PageWords.direction(reader.language()));
        model.addAttribute("words", said);
        model.addAttribute("title", said.get(done ? "unsubscribe.done.title" : "unsubscribe.title"));
        model.addAttribute("brand", reader.brand());
        model.addAttribute("done", done);
        model.addAttribute("preferences", readers.preferences(reader).getPath());
        return "privacy/unsubscribe";
    }
}
