package io.porchlight.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.porchlight.texts.Heard.Ended;
import io.porchlight.texts.Heard.Nothing;
import io.porchlight.texts.Heard.Reply;
import java.io.IOException;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * What a provider of one's own tells us, signed as Standard Webhooks has it: {@code {"type":"text.received","data":{"from":
 * "+39…","to":"+39…","text":"STOP"}}}, or the type {@code text.delivered}, {@code text.undelivered} or {@code text.failed}
 * with the text's {@code id} and perhaps a {@code reason}.
 */
@Component
class HttpHearing implements Hearing {

    private final TextSettings settings;
    private final StandardSignature signature;
    private final ObjectMapper json;
    private final Clock clock;

    HttpHearing(TextSettings settings, ObjectMapper json, Clock clock) {
        this.settings = settings;
        this.signature = new StandardSignature(settings.http().secrets());
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "http";
    }

    @Override
    public boolean ready() {
        return signature.ready();
    }

    @Override
    public boolean believes(Incoming incoming) {
        return signature.believes(incoming, clock.instant());
    }

    @Override
    public Heard understand(Incoming incoming) {
        var said = parsed(incoming.body());
        var data = said.path("data");
        String type = said.path("type").asText();
        return switch (type) {
            case "text.received" ->
                new Reply(
                        incoming.header("webhook-id"),
                        data.path("from").asText(),
                        settings.brandsOf(data.path("to").asText()),
                        data.path("text").asText());
            case "text.delivered", "text.undelivered", "text.failed" ->
                Ended.of(
                                data.path("id").asText(),
                                type.substring("text.".length()),
                                data.path("reason").asText())
                        .orElseGet(Nothing::new);
            default -> new Nothing();
        };
    }

    private JsonNode parsed(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException strange) {
            return MissingNode.getInstance();
        }
    }
}
