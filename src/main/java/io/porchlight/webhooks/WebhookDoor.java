package io.porchlight.webhooks;

import io.porchlight.brands.Brands;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Inbox;
import io.porchlight.signals.Source;
import io.porchlight.signals.Unreadable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where other systems post. Whoever they are, they hear 2xx as soon as it is written down: a refusal would make vendors end
 * the subscription, so what nobody understands is parked instead of refused.
 */
@RestController
class WebhookDoor {

    /**
     * The answer to a delivery that was written down.
     *
     * @param signals how many new ones there were in it; 0 for a repeat
     */
    record Taken(int signals) {}

    private final List<Source> sources;
    private final Brands brands;
    private final WebhookSettings settings;
    private final Inbox inbox;
    private final Clock clock;

    WebhookDoor(List<Source> sources, Brands brands, WebhookSettings settings, Inbox inbox, Clock clock) {
        this.sources = sources;
        this.brands = brands;
        this.settings = settings;
        this.inbox = inbox;
        this.clock = clock;
    }

    @PostMapping("/webhooks/{source}/{brand}")
    ResponseEntity<?> take(@PathVariable String source, @PathVariable String brand, HttpServletRequest request) {
        var speaker = source(source, brand);
        var secrets = settings.secrets(source, brand);
        if (secrets.isEmpty()) {
            return problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "No secret is set up here: set porchlight.webhooks." + source + "." + brand + ".secrets");
        }
        var delivery = delivery(brand, request);
        if (speaker.knock(delivery)) {
            return ResponseEntity.ok(new Taken(0));
        }
        if (!speaker.genuine(delivery, secrets)) {
            return problem(HttpStatus.UNAUTHORIZED, "The signature is missing, too old or wrong");
        }
        return ResponseEntity.ok(new Taken(inbox.receive(source, brand, speaker.open(delivery))));
    }

    /** Bad enough that the sender must know: what it sends will never be understood. */
    @org.springframework.web.bind.annotation.ExceptionHandler
    ResponseEntity<ProblemDetail> on(Unreadable unreadable) {
        return problem(
                switch (unreadable.kind()) {
                    case NOT_JSON -> HttpStatus.BAD_REQUEST;
                    case UNKNOWN_FORMAT -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
                },
                String.valueOf(unreadable.getMessage()));
    }

    private Source source(String name, String brand) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .filter(source -> brands.find(brand).isPresent())
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no webhook of this source for this brand"));
    }

    private Delivery delivery(String brand, HttpServletRequest request) {
        var headers = new TreeMap<String, String>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, request.getHeader(name));
        }
        try {
            return new Delivery(brand, request.getInputStream().readAllBytes(), headers, clock.instant());
        } catch (IOException broken) {
            throw new HttpMessageNotReadableException(
                    "The body could not be read", broken, new ServletServerHttpRequest(request));
        }
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header("WWW-Authenticate", "Signature");
        }
        return answer.body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
