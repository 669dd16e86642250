package io.porchlight.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Standard Webhooks 1.0 (standardwebhooks.com), with our own event types: what a workshop's own system should speak. */
@Component
class StandardWebhooks implements Source {

    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    @Override
    public String name() {
        return "standard";
    }

    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        var headers = Map.of(
                HEADERS.get(0), List.of(delivery.header(HEADERS.get(0))),
                HEADERS.get(1), List.of(delivery.header(HEADERS.get(1))),
                HEADERS.get(2), List.of(delivery.header(HEADERS.get(2))));
        return !delivery.header(HEADERS.get(0)).isBlank()
                && secrets.stream().anyMatch(secret -> genuine(delivery, headers, secret));
    }

    /** The library wants text: bytes that are none were never signed by anybody who speaks this. */
    private static boolean genuine(Delivery delivery, Map<String, List<String>> headers, String secret) {
        try {
            new Webhook(secret).verify(delivery.text(), headers);
            return true;
        } catch (WebhookVerificationException | RuntimeException wrong) {
            return false;
        }
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        var body = new Fields(delivery.json());
        return List.of(new Posted(
                delivery.header(HEADERS.get(0)),
                delivery.text(),
                body.text("/type"),
                body.moment("/timestamp"),
                delivery.text(),
                delivery.headers(HEADERS.subList(0, 2))));
    }

    @Override
    public List<Meaning> read(Content content) {
        var body = new Fields(content.body());
        return new OwnEvents(
                        content.brand(), body.text("/type"), content.body().path("data"), "", body.moment("/timestamp"))
                .read();
    }
}
