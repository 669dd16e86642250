package io.porchlight.studio;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the team signs in. */
@Controller
class SignInPage {

    private final StudioUsers users;

    SignInPage(StudioUsers users) {
        this.users = users;
    }

    @GetMapping("/studio/sign-in")
    String signIn(
            @RequestParam(required = false) @Nullable String wrong,
            @RequestParam(required = false) @Nullable String bye,
            @RequestParam(required = false) @Nullable String again,
            @RequestAttribute(required = false) @Nullable Long wait,
            Model model) {
        model.addAttribute("local", users.localUser().orElse(null));
        model.addAttribute("none", users.none());
        model.addAttribute("wrong", wrong != null);
        model.addAttribute("wait", wait == null ? null : pause(wait));
        model.addAttribute(
                "said",
                again != null
                        ? "Please sign in again; the page was open for a long time."
                        : bye == null ? null : "You are signed out.");
        return "studio/sign-in";
    }

    private static String pause(long seconds) {
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }
}
