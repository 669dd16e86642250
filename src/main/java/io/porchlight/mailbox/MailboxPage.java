package io.porchlight.mailbox;

import io.porchlight.texts.LocalPhone;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Shows the letters of the local mailbox; nothing that a letter holds can run in this origin. */
@Controller
@ConditionalOnProperty("porchlight.mailbox.enabled")
final class MailboxPage {

    private static final int SHOWN = 200;

    private static final String CSP = "Content-Security-Policy";

    /** Of our own pages. */
    private static final String PAGE_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /**
     * Of a letter, framed or opened by itself: an origin of its own without scripts.
     * Its links open outside the sandbox, or the customer's page behind them would not work.
     */
    private static final String LETTER_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox;"
            + " default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:;"
            + " form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    private static final Pattern HEAD = Pattern.compile("<head(\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);

    private final Letters letters;
    private final boolean phone;
    private final Clock clock;

    MailboxPage(Letters letters, Optional<LocalPhone> phone, Clock clock) {
        this.letters = letters;
        this.phone = phone.isPresent();
        this.clock = clock;
    }

    @ModelAttribute
    void headers(HttpServletResponse response) {
        response.setHeader(CSP, PAGE_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
    }

    /** Without {@code q} the list renews itself; with it, even empty, it stands still for reading and typing. */
    @GetMapping("/mailbox")
    String list(@RequestParam(required = false) @Nullable String q, Model model) {
        var found = letters.mentioning(q == null ? "" : q);
        model.addAttribute("q", q);
        model.addAttribute("phone", phone);
        model.addAttribute("count", found.size());
        model.addAttribute("rows", found.stream().limit(SHOWN).map(this::row).toList());
        return "mailbox/list";
    }

    @GetMapping("/mailbox/{id}")
    String letter(
            @PathVariable String id,
            @RequestParam(defaultValue = "html") String view,
            @RequestParam(defaultValue = "desktop") String width,
            Model model) {
        var letter = find(id);
        var shown = view.equals("html") && letter.html().isEmpty() ? "text" : view;
        model.addAttribute("letter", row(letter));
        model.addAttribute("from", letter.from());
        model.addAttribute("hasHtml", letter.html().isPresent());
        model.addAttribute("view", shown);
        model.addAttribute("width", width);
        model.addAttribute("body", shown.equals("source") ? letter.source() : plain(letter));
        return "mailbox/letter";
    }

    @GetMapping("/mailbox/{id}/html")
    ResponseEntity<String> html(@PathVariable String id, HttpServletResponse response) {
        var html = find(id).html().orElseThrow(LetterNotFound::new);
        response.setHeader(CSP, LETTER_POLICY);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(opensLinksOutside(html));
    }

    @GetMapping("/mailbox/{id}/text")
    ResponseEntity<String> text(@PathVariable String id) {
        return plainText(plain(find(id)));
    }

    @GetMapping("/mailbox/{id}/source")
    ResponseEntity<String> source(@PathVariable String id) {
        return plainText(find(id).source());
    }

    @ExceptionHandler(LetterNotFound.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String notFound() {
        return "mailbox/missing";
    }

    private Letter find(String id) {
        return letters.find(id).orElseThrow(LetterNotFound::new);
    }

    private static String plain(Letter letter) {
        return letter.text().orElse("This letter has no text part.");
    }

    private static ResponseEntity<String> plainText(String text) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    /** A link of a letter must not load its page in the letter's frame. */
    private static String opensLinksOutside(String html) {
        var base = "<base target=\"_blank\">";
        var head = HEAD.matcher(html);
        return head.find() ? html.substring(0, head.end()) + base + html.substring(head.end()) : base + html;
    }

    private Row row(Letter letter) {
        return new Row(letter.id(), letter.to(), letter.subject(), letter.receivedAt(), clockTime(letter.receivedAt()));
    }

    /** As the clock on the wall says: the reader sits at this machine. */
    private String clockTime(Instant instant) {
        var here = ZoneId.systemDefault();
        var time = instant.atZone(here);
        var today = time.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), here));
        return DateTimeFormatter.ofPattern(today ? "HH:mm:ss" : "d MMM HH:mm", Locale.ENGLISH)
                .format(time);
    }

    /** What the pages say about a letter. */
    record Row(long id, String to, String subject, Instant at, String time) {}

    private static final class LetterNotFound extends RuntimeException {}
}
