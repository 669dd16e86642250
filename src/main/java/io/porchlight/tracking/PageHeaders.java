package io.porchlight.tracking;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The headers that keep a customer's page private: its address is its key. */
@Component
class PageHeaders {

    private final String pictures;

    PageHeaders(Attachments attachments) {
        this.pictures = String.join(" ", attachments.photoSources());
    }

    /** Of a page whose own style element carries a nonce. */
    HttpHeaders ofPage(String nonce) {
        var headers = ofStream();
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self' 'nonce-" + nonce + "'; script-src 'self'; connect-src 'self';"
                        + " img-src 'self' " + pictures + "; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        return headers;
    }

    /** Of everything behind the key. */
    HttpHeaders ofStream() {
        var headers = new HttpHeaders();
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "private, no-store, no-transform");
        headers.set("X-Robots-Tag", "noindex, nofollow");
        // nginx would otherwise hold events back until it has some kilobytes of them.
        headers.set("X-Accel-Buffering", "no");
        return headers;
    }
}
