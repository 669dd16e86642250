package io.porchlight.tracking;

import io.porchlight.consent.Preferences.Pace;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Links;
import io.porchlight.orders.Wish;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The forms of a customer's page: each does one thing, and leads back to the page, which says what was done. */
@Controller
class WishForms {

    private final Links links;
    private final Wishing wishing;
    private final OpenPages openPages;
    private final Answers answers;

    WishForms(Links links, Wishing wishing, OpenPages openPages, Answers answers) {
        this.links = links;
        this.wishing = wishing;
        this.openPages = openPages;
        this.answers = answers;
    }

    @PostMapping("/t/{token}/pace")
    ResponseEntity<String> pace(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String pace,
            @RequestParam(defaultValue = "") String offers,
            HttpServletRequest post) {
        var key = key(token, post);
        var chosen = Arrays.stream(Pace.values())
                .filter(one -> one.name().equals(pace))
                .findFirst();
        chosen.ifPresent(one -> wishing.pace(key, one));
        if (chosen.isPresent() && offers.equals("mute")) {
            wishing.muteOffers(key);
        }
        return back(token, chosen.isPresent() ? "pace" : "pace-misread");
    }

    @PostMapping("/t/{token}/gift")
    ResponseEntity<String> gift(
            @PathVariable String token, @RequestParam(defaultValue = "") String gift, HttpServletRequest post) {
        var key = key(token, post);
        if (!gift.equals("true") && !gift.equals("false")) {
            return back(token, "gift-misread");
        }
        wishing.gift(key, gift.equals("true"));
        openPages.changed(key);
        return back(token, gift.equals("true") ? "gift" : "gift-over");
    }

    @PostMapping("/t/{token}/note")
    ResponseEntity<String> note(
            @PathVariable String token, @RequestParam(defaultValue = "") String note, HttpServletRequest post) {
        var key = key(token, post);
        String plain = plain(note);
        if (plain.length() > Wish.LONGEST_NOTE) {
            return back(token, "note-long");
        }
        if (!wishing.note(key, plain)) {
            return back(token, "note-late");
        }
        return back(token, plain.isEmpty() ? "note-over" : "note");
    }

    @PostMapping("/t/{token}/share")
    ResponseEntity<String> share(
            @PathVariable String token, @RequestParam(defaultValue = "") String share, HttpServletRequest post) {
        wishing.share(key(token, post), share.equals("true"));
        return back(token, share.equals("true") ? "share" : "share-over");
    }

    private JourneyKey key(String token, HttpServletRequest post) {
        Foreign.refuse(post);
        return links.tracked(token).orElseThrow(Gone::new);
    }

    private ResponseEntity<String> back(String token, String did) {
        return answers.goTo("../" + token + "?did=" + did + "#wishes");
    }

    /** On as many lines as the customer wrote, and without what no printer knows. */
    private static String plain(String note) {
        return note.replace("\r\n", "\n")
                .replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029&&[^\\n]]+", " ")
                .strip();
    }
}
