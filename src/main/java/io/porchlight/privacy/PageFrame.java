package io.porchlight.privacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What the pages of this package have in common: nothing foreign runs in them, nobody keeps or frames them. */
@ControllerAdvice(assignableTypes = {UnsubscribePage.class, PreferencePage.class})
class PageFrame {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PageWords words;

    PageFrame(PageWords words) {
        this.words = words;
    }

    @ModelAttribute
    void headers(Model model, HttpServletResponse response) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
        model.addAttribute("nonce", text);
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'nonce-" + text
                        + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String on(Readers.Gone gone, Model model, HttpServletRequest request, HttpServletResponse response) {
        headers(model, response);
        var language = PageWords.spoken(request.getLocale());
        var said = words.in(language, "");
        model.addAttribute("lang", language.getLanguage());
        model.addAttribute("dir", PageWords.direction(language));
        model.addAttribute("words", said);
        model.addAttribute("title", said.get("gone.title"));
        return "privacy/gone";
    }
}
