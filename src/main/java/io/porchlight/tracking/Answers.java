package io.porchlight.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with a page, under the headers that keep it private. */
@Component
class Answers {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);

    private final PageHeaders headers;
    private final SecureRandom random = new SecureRandom();

    Answers(PageHeaders headers) {
        this.headers = headers;
    }

    /**
     * A page.
     *
     * @param print makes the page, given the nonce for its style
     */
    ResponseEntity<String> page(HttpStatus status, UnaryOperator<String> print) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return ResponseEntity.status(status)
                .headers(headers.ofPage(nonce))
                .contentType(HTML)
                .body(print.apply(nonce));
    }

    /** Something that was posted is done: the browser goes on to a page, and loading that again posts nothing. */
    ResponseEntity<String> goTo(String place) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .headers(headers.ofStream())
                .location(URI.create(place))
                .build();
    }
}
