package io.porchlight.tracking;

import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Links;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The customer's page: who has its link reads it, and nobody else learns that it is there. */
@Controller
class TrackingPage {

    /** What a form of the page may say that it did. */
    private static final Pattern DID =
            Pattern.compile("(pace|gift)(-misread)?|gift-over|note(-long|-late|-over)?|share(-over)?");

    private final Links links;
    private final FactsReader reader;
    private final Telling telling;
    private final Wishing wishing;
    private final Press press;
    private final OpenPages openPages;
    private final Answers answers;
    private final PageHeaders headers;

    TrackingPage(
            Links links,
            FactsReader reader,
            Telling telling,
            Wishing wishing,
            Press press,
            OpenPages openPages,
            Answers answers,
            PageHeaders headers) {
        this.links = links;
        this.reader = reader;
        this.telling = telling;
        this.wishing = wishing;
        this.press = press;
        this.openPages = openPages;
        this.answers = answers;
        this.headers = headers;
    }

    /** @param did what a form has just done */
    @GetMapping("/t/{token}")
    ResponseEntity<String> page(@PathVariable String token, @RequestParam(defaultValue = "") String did) {
        var facts = reader.read(key(token));
        var choices = wishing.choices(facts, token, DID.matcher(did).matches() ? did : "");
        return answers.page(HttpStatus.OK, nonce -> press.page(telling.of(facts), facts, choices, nonce));
    }

    /** The part that changes: an open page fetches it when it is told that something happened. */
    @GetMapping("/t/{token}/story")
    ResponseEntity<String> story(@PathVariable String token) {
        var facts = reader.read(key(token));
        return answers.page(HttpStatus.OK, nonce -> press.story(telling.of(facts), facts, token));
    }

    /** Tells an open page that something happened; first of all, what it should be showing now. */
    @GetMapping(path = "/t/{token}/events")
    ResponseEntity<SseEmitter> events(@PathVariable String token) {
        var key = key(token);
        var stream = openPages.open(key, () -> Press.version(telling.of(reader.read(key))));
        return stream.map(open -> ResponseEntity.ok()
                        .headers(headers.ofStream())
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .body(open))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .headers(headers.ofStream())
                        .header(HttpHeaders.RETRY_AFTER, "60")
                        .build());
    }

    private JourneyKey key(String token) {
        return links.tracked(token).orElseThrow(Gone::new);
    }
}
