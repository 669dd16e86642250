package io.porchlight.privacy;

import io.porchlight.consent.BrandPauses;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop silences its own letters, say because something in them is wrong, and lets them speak again. */
@RestController
class BrandPauseApi {

    private final BrandPauses pauses;

    BrandPauseApi(BrandPauses pauses) {
        this.pauses = pauses;
    }

    @PutMapping("/api/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void begin(Principal caller) {
        pauses.begin(caller.getName());
    }

    @DeleteMapping("/api/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Principal caller) {
        pauses.end(caller.getName());
    }
}
