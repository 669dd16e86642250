package io.porchlight.texts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.texts.Call.Answer;
import io.porchlight.texts.Receipt.Refused;
import io.porchlight.texts.Receipt.Taken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * A provider of one's own: each text is posted as JSON, signed as Standard Webhooks has it. The {@code Idempotency-Key} is
 * the same on every try, so a provider that heeds it never sends a text twice.
 */
@Component
@ConditionalOnProperty(name = "porchlight.texts.provider", havingValue = "http")
class SignedHttpGateway implements TextGateway {

    private static final int LONGEST_REASON = 200;

    private final Call call;
    private final URI url;
    private final StandardSignature signature;
    private final ObjectMapper json;
    private final Clock clock;

    SignedHttpGateway(TextSettings settings, ObjectMapper json, Clock clock) {
        this.call = new Call(settings);
        this.url = Objects.requireNonNull(settings.http().url());
        this.signature = new StandardSignature(settings.http().secrets());
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return url.getAuthority();
    }

    @Override
    public Receipt hand(Text text, BooleanSupplier leave) {
        String body = body(text);
        long now = clock.instant().getEpochSecond();
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", text.id())
                .header("webhook-id", text.id())
                .header("webhook-timestamp", String.valueOf(now))
                .header("webhook-signature", signature.of(text.id(), now, body));
        return call.post(request, body.getBytes(UTF_8), leave, SignedHttpGateway::read);
    }

    private String body(Text text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", text.id());
        fields.put("from", text.from());
        fields.put("to", text.to());
        fields.put("text", text.body());
        fields.put("segments", text.segments().count());
        fields.put("callback", text.status().toString());
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Receipt read(Answer answer) {
        if (answer.status() < 300) {
            return new Taken("It answered " + answer.status());
        }
        String why = answer.body().replaceAll("[\\p{Cc}\\s]+", " ").strip();
        String told = why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON) + "…";
        return new Refused("it answered " + answer.status() + (told.isEmpty() ? "" : ": " + told));
    }
}
