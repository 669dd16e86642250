package io.porchlight.bounces;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.ledger.Notification;
import io.porchlight.notifications.ReturnPath;
import io.porchlight.notifications.Returns;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where mail providers tell what came back. What they tell that is not about one of our letters, or that nobody knows, is
 * answered with 200 all the same, for a refusal would make them end the subscription.
 */
@RestController
class BounceWebhook {

    private static final Logger log = LoggerFactory.getLogger(BounceWebhook.class);

    private final Map<String, Provider> providers;
    private final BounceSettings settings;
    private final ReturnPath returnPath;
    private final Returns returns;
    private final ObjectMapper json;

    BounceWebhook(
            List<Provider> providers,
            BounceSettings settings,
            ReturnPath returnPath,
            Returns returns,
            ObjectMapper json) {
        this.providers = providers.stream().collect(Collectors.toMap(Provider::name, Function.identity()));
        this.settings = settings;
        this.returnPath = returnPath;
        this.returns = returns;
        this.json = json;
    }

    @PostMapping("/webhooks/bounces/{source}")
    void hear(
            @PathVariable String source,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestParam(required = false) @Nullable String secret,
            HttpServletResponse response) {
        var provider = Optional.ofNullable(providers.get(source))
                .orElseThrow(() -> refusal(
                        HttpStatus.NOT_FOUND, "Nobody is called " + source + " here; there are " + providers.keySet()));
        var secrets = settings.secrets(source);
        if (secrets.isEmpty()) {
            throw refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Not set up: porchlight.bounces." + source + ".secrets names no secret to know the caller by");
        }
        var call = new Call(body == null ? new byte[0] : body, authorization, secret, json);
        if (!provider.proves(call, secrets)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"bounces\"");
            throw refusal(HttpStatus.UNAUTHORIZED, "The call does not carry the secret or signature of " + source);
        }
        var told = provider.read(call.body());
        told.forEach(news -> take(source, news));
        if (told.isEmpty()) {
            log.info("{} told something that is no bounce and no complaint; nothing follows from it", source);
        }
    }

    private void take(String source, News news) {
        letter(news)
                .ifPresentOrElse(
                        notification -> returns.take(notification, news.bounce()),
                        () -> log.info("{} told of something that came back and is no letter of ours", source));
    }

    private Optional<Notification> letter(News news) {
        return news.traces().stream()
                .flatMap(trace -> Stream.of(returnPath.byEnvelope(trace), returnPath.byMessageId(trace)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static ResponseStatusException refusal(HttpStatus status, String why) {
        return new ResponseStatusException(status, why);
    }
}
