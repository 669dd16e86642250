package io.porchlight.mailbox;

import io.porchlight.texts.LocalPhone;
import io.porchlight.texts.LocalPhone.Arrived;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows the texts of the local phone as their reader would see them: one phone for each number. */
@Controller
@ConditionalOnProperty(name = "porchlight.texts.provider", havingValue = "local")
final class PhonePage {

    /** One text as the page shows it; a link stands between what is before and after it. */
    record Bubble(
            String from, String before, @Nullable String link, String after, Instant at, String time, String segments) {}

    private static final String POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final LocalPhone phone;

    PhonePage(LocalPhone phone) {
        this.phone = phone;
    }

    @ModelAttribute
    void headers(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
    }

    /** The phone of one number, or of whoever got a text last. */
    @GetMapping("/mailbox/phone")
    String show(@RequestParam(required = false) @Nullable String number, Model model) {
        var all = phone.texts();
        var numbers = numbers(all);
        String shown = number != null ? number : numbers.isEmpty() ? "" : numbers.getFirst();
        model.addAttribute("numbers", numbers);
        model.addAttribute("number", shown);
        model.addAttribute(
                "bubbles",
                all.stream()
                        .filter(text -> text.text().to().equals(shown))
                        .map(PhonePage::bubble)
                        .toList());
        return "mailbox/phone";
    }

    /** Those who got a text, the latest first. */
    private static List<String> numbers(List<Arrived> all) {
        return all.reversed().stream().map(text -> text.text().to()).distinct().toList();
    }

    private static Bubble bubble(Arrived arrived) {
        var text = arrived.text();
        var segments = text.segments();
        var parts = Link.in(text.body());
        return new Bubble(
                text.from(),
                parts.before(),
                parts.link(),
                parts.after(),
                arrived.at(),
                clockTime(arrived.at()),
                text.body().codePointCount(0, text.body().length()) + " characters, "
                        + (segments.count() == 1 ? "1 segment" : segments.count() + " segments")
                        + (segments.gsm() ? "" : " (not in the GSM alphabet)"));
    }

    /** As the clock on the wall says: the reader sits at this machine. */
    private static String clockTime(Instant instant) {
        return DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).format(instant.atZone(ZoneId.systemDefault()));
    }
}
