package io.porchlight.tracking;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What customers see when a page has nothing to show; it tells nobody why. */
@ControllerAdvice(
        assignableTypes = {
            TrackingPage.class,
            WishForms.class,
            PromiseCalendar.class,
            SharedPage.class,
            KeepsakePage.class,
            LostLinkPage.class
        })
@Order(Ordered.HIGHEST_PRECEDENCE)
class Apologies {

    private static final Logger log = LoggerFactory.getLogger(Apologies.class);

    private final Answers answers;
    private final Press press;

    Apologies(Answers answers, Press press) {
        this.answers = answers;
        this.press = press;
    }

    @ExceptionHandler
    ResponseEntity<String> on(HttpServletRequest request, Gone gone) {
        return sorry(HttpStatus.NOT_FOUND, request, Press.Sorry.GONE);
    }

    @ExceptionHandler
    ResponseEntity<String> on(HttpServletRequest request, Foreign foreign) {
        return sorry(HttpStatus.FORBIDDEN, request, Press.Sorry.TROUBLE);
    }

    @ExceptionHandler
    ResponseEntity<String> on(HttpServletRequest request, TooOften tooOften) {
        var answer = sorry(HttpStatus.TOO_MANY_REQUESTS, request, Press.Sorry.TOO_OFTEN);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, seconds(tooOften.pause()))
                .body(answer.getBody());
    }

    /** Whatever it is: the customer can do nothing about it but come back. */
    @ExceptionHandler
    ResponseEntity<String> on(HttpServletRequest request, RuntimeException trouble) {
        log.error("A customer's page could not be read and was answered with 503", trouble);
        return sorry(HttpStatus.SERVICE_UNAVAILABLE, request, Press.Sorry.TROUBLE);
    }

    private ResponseEntity<String> sorry(HttpStatus status, HttpServletRequest request, Press.Sorry sorry) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String up = "../".repeat((int) path.chars().filter(c -> c == '/').count() - 1);
        return answers.page(status, nonce -> press.sorry(Languages.of(request.getLocales()), up, sorry));
    }

    private static String seconds(Duration pause) {
        return String.valueOf(pause.plusSeconds(1).toSeconds());
    }
}
