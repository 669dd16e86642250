package io.porchlight.bounces;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.notifications.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Postmark's webhooks for bounces and spam complaints. It replaces the Message-ID, so letters sent through it carry theirs
 * in a header that comes back as metadata ({@code porchlight.notifications.bounces.header}).
 *
 * @see <a href="https://postmarkapp.com/developer/webhooks/bounce-webhook">Bounce webhook</a>
 */
@Component
class Postmark implements Provider {

    private final When when;

    Postmark(When when) {
        this.when = when;
    }

    @Override
    public String name() {
        return "postmark";
    }

    @Override
    public boolean proves(Call call, List<String> secrets) {
        return call.carries(secrets);
    }

    @Override
    public List<News> read(JsonNode body) {
        String text =
                (body.path("Description").asText() + " " + body.path("Details").asText()).strip();
        return kind(body.path("Type").asText(), body.path("Details").asText()).stream()
                .map(diagnosis -> new Bounce(
                        diagnosis.kind(),
                        EventId.of(
                                name(),
                                body.path("ID").asText() + ":"
                                        + body.path("Type").asText()),
                        diagnosis.code(),
                        text,
                        when.read(body.path("BouncedAt").asText())))
                .map(bounce -> new News(bounce, traces(body)))
                .toList();
    }

    private static List<Diagnosis> kind(String type, String details) {
        var diagnosis = Diagnosis.of(details);
        return switch (type) {
            case "HardBounce", "BadEmailAddress" -> List.of(Diagnosis.permanent("", details));
            case "SoftBounce", "Transient", "DnsError", "Undeliverable" ->
                List.of(new Diagnosis(Kind.SOFT, diagnosis.code(), details));
            case "Blocked", "SpamNotification", "DMARCPolicy", "VirusNotification" ->
                List.of(new Diagnosis(Kind.POLICY, diagnosis.code(), details));
            case "SpamComplaint" -> List.of(new Diagnosis(Kind.COMPLAINT, null, details));
            default -> List.of();
        };
    }

    private static List<String> traces(JsonNode body) {
        var traces = new ArrayList<String>();
        body.path("Metadata").forEach(value -> traces.add(value.asText()));
        traces.add(body.path("MessageID").asText());
        return traces;
    }
}
