package io.porchlight.tracking;

import io.porchlight.brands.Brand;
import io.porchlight.brands.Brands;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where a customer who lost the link asks for it again. It answers before anybody has looked whether there is such an order,
 * so neither its words nor its pace tell.
 */
@Controller
class LostLinkPage {

    private static final int LONGEST = 254;

    private final LostLinks lostLinks;
    private final AskingLimits limits;
    private final Brands brands;
    private final Press press;
    private final Answers answers;

    LostLinkPage(LostLinks lostLinks, AskingLimits limits, Brands brands, Press press, Answers answers) {
        this.lostLinks = lostLinks;
        this.limits = limits;
        this.brands = brands;
        this.press = press;
        this.answers = answers;
    }

    /** @param did {@code asked} when it was asked for, {@code blank} when something was left out */
    @GetMapping("/lost")
    ResponseEntity<String> page(
            @RequestParam(defaultValue = "") String brand,
            @RequestParam(defaultValue = "") String did,
            HttpServletRequest request) {
        var language = Languages.of(request.getLocales());
        return answers.page(HttpStatus.OK, nonce -> press.lost(language, look(brand), did, nonce));
    }

    @PostMapping("/lost")
    ResponseEntity<String> ask(
            @RequestParam(defaultValue = "") String brand,
            @RequestParam(defaultValue = "") String order,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest post) {
        Foreign.refuse(post);
        limits.count(post.getRemoteAddr(), order);
        String which = look(brand).map(known -> "&brand=" + known.id()).orElse("");
        if (order.isBlank() || email.isBlank() || order.length() > LONGEST || email.length() > LONGEST) {
            return answers.goTo("lost?did=blank" + which);
        }
        lostLinks.ask(brand, order.strip(), email.strip());
        return answers.goTo("lost?did=asked" + which);
    }

    private Optional<Brand> look(String brand) {
        return brands.find(brand).or(brands::only);
    }
}
