package io.porchlight.studio;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** What all pages of the studio have around them, also when something goes wrong. */
@ControllerAdvice(basePackageClasses = Frame.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class Frame {

    /** There is no such page. */
    static class Missing extends RuntimeException {}

    private static final Logger log = LoggerFactory.getLogger(Frame.class);

    private final StudioAssets assets;
    private final Words words;

    Frame(StudioAssets assets, Words words) {
        this.assets = assets;
        this.words = words;
    }

    @ModelAttribute
    void frame(Model model, HttpServletRequest request, @Nullable Principal user) {
        model.addAttribute("style", assets.at("studio.css"));
        model.addAttribute("htmx", assets.at("htmx.min.js"));
        model.addAttribute("words", words);
        model.addAttribute("here", request.getRequestURI());
        model.addAttribute("user", user == null ? null : user.getName());
    }

    @ExceptionHandler({Missing.class, MethodArgumentTypeMismatchException.class})
    ModelAndView missing(HttpServletRequest request) {
        return sorry(HttpStatus.NOT_FOUND, request);
    }

    @ExceptionHandler
    ModelAndView trouble(RuntimeException trouble, HttpServletRequest request) {
        log.error("A page of the studio could not be made", trouble);
        return sorry(HttpStatus.SERVICE_UNAVAILABLE, request);
    }

    private ModelAndView sorry(HttpStatus status, HttpServletRequest request) {
        var page = new ModelAndView("studio/sorry", status);
        page.addObject("style", assets.at("studio.css"));
        page.addObject("htmx", assets.at("htmx.min.js"));
        page.addObject("here", request.getRequestURI());
        page.addObject("user", request.getRemoteUser());
        page.addObject("missing", status == HttpStatus.NOT_FOUND);
        return page;
    }
}
