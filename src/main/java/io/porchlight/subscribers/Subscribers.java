package io.porchlight.subscribers;

import com.standardwebhooks.Webhook;
import io.porchlight.brands.Brands;
import io.porchlight.subscribers.SubscriberSettings.Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Everybody who is told; only the configuration makes a subscriber, so only its hosts are ever called. */
@Component
class Subscribers {

    private static final String SECRET = "whsec_";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<Subscriber> all;
    private final boolean local;

    Subscribers(SubscriberSettings settings, Brands brands, Environment environment) {
        local = environment.getProperty("porchlight.engine.mode", "local").equalsIgnoreCase("local");
        all = settings.subscribers().entrySet().stream()
                .map(entry -> read(entry.getKey(), entry.getValue(), brands))
                .toList();
    }

    List<Subscriber> all() {
        return all;
    }

    List<Subscriber> of(String brand) {
        return all.stream().filter(one -> one.brand().equals(brand)).toList();
    }

    Optional<Subscriber> find(String brand, String name) {
        return of(brand).stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** On a developer's machine, where subscribers may live on the same machine. */
    boolean local() {
        return local;
    }

    private Subscriber read(String name, Entry written, Brands brands) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,49}")) {
            throw new IllegalStateException("porchlight.subscribers." + name
                    + " needs another name: up to 50 small letters, digits and hyphens");
        }
        String brand = brands.find(given(written.brand()))
                .orElseThrow(() -> wrong(name, "brand", "must name a brand of porchlight.brands"))
                .id();
        return new Subscriber(brand, name, url(name, written), signers(name, written), events(name, written));
    }

    private URI url(String name, Entry written) {
        URI url;
        try {
            url = new URI(given(written.url()));
        } catch (URISyntaxException broken) {
            throw wrong(name, "url", "must be an https address: " + broken.getReason());
        }
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        boolean onThisMachine =
                local && "http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.contains(given(url.getHost()));
        if (url.getHost() == null || (!secure && !onThisMachine)) {
            throw wrong(
                    name,
                    "url",
                    "must be an https address (http is for localhost, and only with porchlight.engine.mode=local)");
        }
        if (url.getUserInfo() != null || url.getFragment() != null) {
            throw wrong(name, "url", "must hold neither a password nor a fragment (#)");
        }
        return url;
    }

    private static List<Webhook> signers(String name, Entry written) {
        var secrets = given(written.secret());
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> !strong(secret))) {
            throw wrong(
                    name,
                    "secret",
                    "must be whsec_ and then 24 to 64 random bytes as base64, such as from: echo whsec_$(openssl rand"
                            + " -base64 32)");
        }
        return secrets.stream().map(Webhook::new).toList();
    }

    private static boolean strong(String secret) {
        try {
            int bytes = Base64.getDecoder().decode(secret.substring(SECRET.length())).length;
            return secret.startsWith(SECRET) && bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException noBase64) {
            return false;
        }
    }

    private static Set<EventType> events(String name, Entry written) {
        var events = EnumSet.noneOf(EventType.class);
        for (String text : given(written.events())) {
            events.add(EventType.of(text).orElseThrow(() -> noEvent(name)));
        }
        if (events.isEmpty()) {
            throw noEvent(name);
        }
        return events;
    }

    private static IllegalStateException noEvent(String name) {
        return wrong(name, "events", "must be some of " + Arrays.toString(EventType.values()));
    }

    /** Never with the value: it may be a secret. */
    private static IllegalStateException wrong(String name, String property, String mend) {
        return new IllegalStateException("porchlight.subscribers." + name + "." + property + " " + mend);
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> given(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }
}
