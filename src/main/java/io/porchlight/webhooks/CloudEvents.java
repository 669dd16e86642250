package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import io.porchlight.signals.Unreadable;
import io.porchlight.signals.Unreadable.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** CloudEvents 1.0 over HTTP (cloudevents.io): binary, structured and in batches, with our own event types. */
@Component
class CloudEvents implements Source {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String TYPE = "content-type";

    @Override
    public String name() {
        return "cloudevents";
    }

    /** CloudEvents know no signature; the sender shows one of the secrets as a bearer token (RFC 6750). */
    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        String header = delivery.header("authorization");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                && Signatures.token(header.substring(7).strip(), secrets);
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        String type =
                delivery.header(TYPE).toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (type.equals(BATCH)) {
            return batch(delivery);
        }
        if (type.equals(STRUCTURED)) {
            return List.of(posted(delivery.json().toString(), delivery.text(), Map.of(TYPE, STRUCTURED)));
        }
        if (type.startsWith("application/cloudevents")) {
            throw new Unreadable(Kind.UNKNOWN_FORMAT, "CloudEvents are read here as JSON, not as " + type);
        }
        var headers = new TreeMap<String, String>();
        delivery.headers().forEach((name, value) -> {
            if (name.startsWith("ce-") || name.equals(TYPE)) {
                headers.put(name, value);
            }
        });
        Delivery.parse(delivery.text());
        return List.of(posted(headers + delivery.text(), delivery.text(), headers));
    }

    private static List<Posted> batch(Delivery delivery) {
        var events = Delivery.parse(delivery.text());
        if (!events.isArray()) {
            throw new Unreadable(Kind.NOT_JSON, "A batch of CloudEvents must be a JSON array");
        }
        var all = new ArrayList<Posted>();
        events.forEach(event -> all.add(posted(event.toString(), event.toString(), Map.of(TYPE, STRUCTURED))));
        return all;
    }

    private static Posted posted(String sameness, String body, Map<String, String> headers) {
        var event = event(body, headers);
        return new Posted(
                event.getSource() + " " + event.getId(),
                sameness,
                event.getType(),
                event.getTime() == null ? null : event.getTime().toInstant(),
                body,
                headers);
    }

    @Override
    public List<Meaning> read(Content content) {
        var event = event(content.body().toString(), content.headers());
        var data = data(event, content);
        if (data.isMissingNode()) {
            return List.of(new Unclear("Its data is " + event.getDataContentType() + ", and we read JSON"));
        }
        return new OwnEvents(
                        content.brand(),
                        event.getType(),
                        data,
                        event.getSubject() == null ? "" : event.getSubject(),
                        event.getTime() == null ? null : event.getTime().toInstant())
                .read();
    }

    private static JsonNode data(CloudEvent event, Content content) {
        if (!structured(content.headers())) {
            return content.body();
        }
        var data = event.getData();
        try {
            return data == null
                    ? JsonNodeFactory.instance.missingNode()
                    : Delivery.parse(new String(data.toBytes(), StandardCharsets.UTF_8));
        } catch (Unreadable noJson) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static boolean structured(Map<String, String> headers) {
        return STRUCTURED.equals(headers.get(TYPE));
    }

    private static CloudEvent event(String body, Map<String, String> headers) {
        try {
            var event = structured(headers)
                    ? new JsonFormat().deserialize(body.getBytes(StandardCharsets.UTF_8))
                    : binary(headers);
            if (event.getSpecVersion() != SpecVersion.V1) {
                throw new IllegalArgumentException("specversion must be 1.0");
            }
            return event;
        } catch (RuntimeException broken) {
            throw new Unreadable(Kind.NOT_JSON, "It is no CloudEvent 1.0: " + broken.getMessage());
        }
    }

    /** Values of headers are percent-encoded (HTTP binding, 3.1.3.2). */
    private static CloudEvent binary(Map<String, String> headers) {
        var event =
                CloudEventBuilder.fromSpecVersion(SpecVersion.parse(headers.getOrDefault("ce-specversion", "none")));
        headers.forEach((name, value) -> {
            if (name.startsWith("ce-") && !name.equals("ce-specversion")) {
                String decoded = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (name.equals("ce-time")) {
                    event.withContextAttribute("time", OffsetDateTime.parse(decoded));
                } else {
                    event.withContextAttribute(name.substring(3), decoded);
                }
            }
        });
        return event.build();
    }
}
