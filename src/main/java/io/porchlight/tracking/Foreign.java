package io.porchlight.tracking;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Another site has posted one of our forms. It would have to know the customer's token, which is the whole secret; this is
 * the second lock. Browsers say where a post comes from by {@code Sec-Fetch-Site}; those that do not know it send
 * {@code Origin}, which is {@code null} for our own pages, because they ask for no referrer.
 */
class Foreign extends RuntimeException {

    private Foreign() {
        super("Posted by another site", null, false, false);
    }

    /** @throws Foreign when a browser says that the post comes from somewhere else */
    static void refuse(HttpServletRequest post) {
        String site = post.getHeader("Sec-Fetch-Site");
        boolean ours =
                site == null ? own(post, post.getHeader("Origin")) : site.equals("same-origin") || site.equals("none");
        if (!ours) {
            throw new Foreign();
        }
    }

    private static boolean own(HttpServletRequest post, @Nullable String origin) {
        if (origin == null || origin.equals("null")) {
            return true;
        }
        try {
            var from = URI.create(origin);
            int port = from.getPort() >= 0 ? from.getPort() : "https".equals(from.getScheme()) ? 443 : 80;
            return post.getServerName().equalsIgnoreCase(from.getHost()) && port == post.getServerPort();
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }
}
