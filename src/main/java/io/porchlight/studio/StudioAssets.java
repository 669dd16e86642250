package io.porchlight.studio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/** Serves the studio's style and htmx from our own origin, under addresses that change with their content. */
@Component
class StudioAssets implements WebMvcConfigurer {

    private static final String STYLE = "templates/studio/studio.css";
    private static final String HTMX = Objects.requireNonNull(
            new WebJarVersionLocator().fullPath("htmx.org", "dist/htmx.min.js"), "The web jar of htmx is missing");

    private final String version;

    StudioAssets() throws IOException, GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(new ClassPathResource(STYLE).getContentAsByteArray());
        version = HexFormat.of().formatHex(digest.digest(HTMX.getBytes(UTF_8)), 0, 6);
    }

    /** The address of a file. */
    String at(String file) {
        return "/studio/assets/" + version + "/" + file;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        serve(registry, "*.css", STYLE);
        serve(registry, "*.min.js", HTMX);
    }

    /** Only a pattern tells Spring which part of the address is the file. */
    private void serve(ResourceHandlerRegistry registry, String pattern, String place) {
        registry.addResourceHandler(at(pattern))
                .addResourceLocations("classpath:/" + place.substring(0, place.lastIndexOf('/') + 1))
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }
}
