package io.porchlight.tracking;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** Serves the page's style and script under addresses that change with their content, so that browsers may keep them. */
@Component
class Assets implements WebMvcConfigurer {

    private static final String FOLDER = "templates/tracking/";

    private final String version;

    Assets() throws IOException, GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (String file : new String[] {"page.css", "page.js"}) {
            digest.update(new ClassPathResource(FOLDER + file).getContentAsByteArray());
        }
        version = HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    /** The address of a file, relative to a customer's page. */
    public String at(String file) {
        return "../tracking/" + version + "/" + file;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/tracking/*/page.css", "/tracking/*/page.js")
                .addResourceLocations("classpath:/" + FOLDER)
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addFixedVersionStrategy(version, "/**"));
    }
}
