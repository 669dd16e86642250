package io.porchlight.brands;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import jakarta.validation.Validator;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The brands that this Porchlight serves. */
@Component
public class Brands {

    /** Opens the brand of local mode; production refuses to start with it. */
    static final String LOCAL_KEY = "local-development-key";

    private final Map<String, Brand> brands = new TreeMap<>();
    private final Map<String, String> logos = new TreeMap<>();
    private final Map<String, BrandSettings.Secrets> secrets;

    Brands(
            BrandSettings settings,
            ResourceLoader files,
            ObjectMapper json,
            Validator validator,
            Environment environment)
            throws IOException {
        secrets = settings.brands();
        refuseLocalKey(environment);
        var reader = json.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        for (String id : secrets.keySet()) {
            brands.put(id, read(id, files, reader, validator));
            String logo = "templates/brands/" + id + ".svg";
            logos.put(id, Logo.read(logo, files.getResource("classpath:" + logo)));
        }
    }

    /** The brand with this id, if it is served here. */
    public Optional<Brand> find(String id) {
        return Optional.ofNullable(brands.get(id));
    }

    /** The brand of an order that was accepted. */
    public Brand get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException(
                "The brand " + id + " has orders but is no longer configured (porchlight.brands." + id + ")"));
    }

    /** How brands sign their letters, by brand id; those that do not are absent. */
    public Map<String, Dkim> dkim() {
        var signing = new TreeMap<String, Dkim>();
        secrets.forEach((brand, secret) -> {
            if (secret.dkim() != null) {
                signing.put(brand, secret.dkim());
            }
        });
        return signing;
    }

    /** The brand, if only one is served here. */
    public Optional<Brand> only() {
        return brands.size() == 1 ? brands.values().stream().findFirst() : Optional.empty();
    }

    /** The brand's mark as SVG that may be printed into a page; empty when it has none. */
    public String logo(String id) {
        return logos.getOrDefault(id, "");
    }

    /** The brand that an API key opens; compared in constant time. */
    public Optional<String> openedBy(String key) {
        byte[] given = key.getBytes(UTF_8);
        String found = null;
        for (var entry : secrets.entrySet()) {
            for (String known : entry.getValue().apiKeys()) {
                if (MessageDigest.isEqual(known.getBytes(UTF_8), given)) {
                    found = entry.getKey();
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private void refuseLocalKey(Environment environment) {
        boolean production = "remote".equalsIgnoreCase(environment.getProperty("porchlight.engine.mode"));
        if (production && openedBy(LOCAL_KEY).isPresent()) {
            throw new IllegalStateException("An API key is still \"" + LOCAL_KEY
                    + "\", which everybody knows. Set porchlight.brands.<brand>.api-keys to your own.");
        }
    }

    private static Brand read(String id, ResourceLoader files, ObjectMapper reader, Validator validator)
            throws IOException {
        String name = "templates/brands/" + id + ".yaml";
        var file = files.getResource("classpath:" + name);
        if (!file.exists()) {
            throw new IllegalStateException(
                    "porchlight.brands." + id + " is configured, but no " + name + " says what that brand looks like");
        }
        Brand brand;
        try (var in = file.getInputStream()) {
            Map<String, Object> written = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            written.put("id", id);
            brand = reader.convertValue(written, Brand.class);
        } catch (IllegalArgumentException broken) {
            throw new IllegalStateException(name + " cannot be read: " + broken.getMessage(), broken);
        }
        for (var violation : validator.validate(brand)) {
            throw new IllegalStateException(name + ": " + violation.getPropertyPath() + " " + violation.getMessage());
        }
        Contrast.check(name, brand.colours());
        return brand;
    }
}
