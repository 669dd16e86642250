package io.porchlight.replies;

import io.porchlight.ledger.TextStatuses;
import io.porchlight.orders.Links;
import io.porchlight.texts.Heard.Ended;
import io.porchlight.texts.Heard.Nothing;
import io.porchlight.texts.Heard.Reply;
import io.porchlight.texts.Hearing;
import io.porchlight.texts.Incoming;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where providers of text messages tell what customers answered and what became of texts. */
@RestController
class TextWebhook {

    private static final Logger log = LoggerFactory.getLogger(TextWebhook.class);
    private static final int MOST_BYTES = 64 * 1024;

    /** For Twilio an answer to the customer, in which nothing is said. */
    private static final String SILENCE = "<Response/>";

    private final List<Hearing> hearings;
    private final Replies replies;
    private final TextStatuses statuses;
    private final Links links;

    TextWebhook(List<Hearing> hearings, Replies replies, TextStatuses statuses, Links links) {
        this.hearings = hearings;
        this.replies = replies;
        this.statuses = statuses;
        this.links = links;
    }

    @PostMapping("/webhooks/texts/{provider}")
    ResponseEntity<String> hear(@PathVariable String provider, HttpServletRequest request) throws IOException {
        var hearing = hearings.stream()
                .filter(one -> one.provider().equals(provider))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!hearing.ready()) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "No secret of this provider is configured (porchlight.texts." + provider + ")");
        }
        var incoming = incoming(request);
        if (!hearing.believes(incoming)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "The signature does not fit");
        }
        switch (hearing.understand(incoming)) {
            case Reply reply -> replies.hear(provider, reply);
            case Ended ended -> record(ended);
            case Nothing nothing -> log.debug("{} told nothing that we need to know", provider);
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(SILENCE);
    }

    private void record(Ended ended) {
        if (!statuses.record(ended.notification(), ended.plannedAt(), ended.status(), ended.note())) {
            log.warn("A provider reports about text {}, which this ledger does not have", ended.notification());
        }
    }

    /** Read from the stream, for a signature is about bytes. */
    private Incoming incoming(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE, "The body is larger than 64 KB");
        }
        var headers = new HashMap<String, String>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        String query = request.getQueryString();
        return new Incoming(links.at(request.getRequestURI() + (query == null ? "" : "?" + query)), headers, body);
    }
}
