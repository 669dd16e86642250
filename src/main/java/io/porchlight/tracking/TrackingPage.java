package io.porchlight.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Links;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The customer's page: who has its link reads it, and nobody else learns that it is there. */
@Controller
class TrackingPage {

    private static final Logger log = LoggerFactory.getLogger(TrackingPage.class);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);

    private final Links links;
    private final FactsReader reader;
    private final Telling telling;
    private final Press press;
    private final OpenPages openPages;
    private final PageHeaders headers;
    private final SecureRandom random = new SecureRandom();

    TrackingPage(
            Links links, FactsReader reader, Telling telling, Press press, OpenPages openPages, PageHeaders headers) {
        this.links = links;
        this.reader = reader;
        this.telling = telling;
        this.press = press;
        this.openPages = openPages;
        this.headers = headers;
    }

    @GetMapping("/t/{token}")
    ResponseEntity<String> page(@PathVariable String token) {
        var facts = reader.read(key(token));
        String nonce = nonce();
        return html(HttpStatus.OK, nonce).body(press.page(telling.of(facts), facts, nonce));
    }

    /** The part that changes: an open page fetches it when it is told that something happened. */
    @GetMapping("/t/{token}/story")
    ResponseEntity<String> story(@PathVariable String token) {
        var facts = reader.read(key(token));
        return html(HttpStatus.OK, nonce()).body(press.story(telling.of(facts), facts));
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

    @ExceptionHandler(Gone.class)
    ResponseEntity<String> gone(HttpServletRequest request) {
        return sorry(HttpStatus.NOT_FOUND, request, false);
    }

    /** Whatever it is: the customer can do nothing about it but come back. */
    @ExceptionHandler
    ResponseEntity<String> trouble(HttpServletRequest request, RuntimeException trouble) {
        log.error("A customer's page could not be read and was answered with 503", trouble);
        return sorry(HttpStatus.SERVICE_UNAVAILABLE, request, true);
    }

    private JourneyKey key(String token) {
        return links.tracked(token).orElseThrow(Gone::new);
    }

    private ResponseEntity<String> sorry(HttpStatus status, HttpServletRequest request, boolean trouble) {
        return html(status, nonce()).body(press.sorry(Languages.of(request.getLocales()), trouble));
    }

    private ResponseEntity.BodyBuilder html(HttpStatus status, String nonce) {
        return ResponseEntity.status(status).headers(headers.ofPage(nonce)).contentType(HTML);
    }

    private String nonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
