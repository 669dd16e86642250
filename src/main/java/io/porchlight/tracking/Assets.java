package io.porchlight.tracking;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** Serves the pages' styles and script under addresses that change with their content, so that browsers may keep them. */
@Component
class Assets implements WebMvcConfigurer {

    private static final String FOLDER = "templates/tracking/";
    private static final List<String> FILES = List.of("page.css", "page.js", "keepsake.css");

    private final String version;

    Assets() throws IOException, GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (String file : FILES) {
            digest.update(new ClassPathResource(FOLDER + file).getContentAsByteArray());
        }
        version = HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    /**
     * The folder of the files.
     *
     * @param up the way from a page to the root of the site, such as {@code ../}
     */
    String from(String up) {
        return up + "tracking/" + version + "/";
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(
                        FILES.stream().map(file -> "/tracking/*/" + file).toArray(String[]::new))
                .addResourceLocations("classpath:/" + FOLDER)
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addFixedVersionStrategy(version, "/**"));
    }
}
