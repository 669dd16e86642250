package io.porchlight.texts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.porchlight.texts.Call.Answer;
import io.porchlight.texts.Receipt.Refused;
import io.porchlight.texts.Receipt.Taken;
import io.porchlight.texts.Receipt.Unsubscribed;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Twilio's REST API, version 2010-04-01. It has no idempotency key: the same text posted twice is sent twice, so a text
 * whose answer never came is treated like a letter whose final dot was not answered.
 */
@Component
@ConditionalOnProperty(name = "porchlight.texts.provider", havingValue = "twilio")
class TwilioGateway implements TextGateway {

    /** Twilio's error codes that support should read as words (twilio.com/docs/api/errors). */
    private static final Map<Integer, String> WORDS = Map.of(
            21211, "the number does not exist",
            21408, "texts to that country are not enabled in our Twilio account",
            21610, "its owner has unsubscribed from our texts",
            21612, "the number cannot be reached from ours",
            21614, "the number is no mobile");

    private static final int UNSUBSCRIBED = 21610;

    private final Call call;
    private final ObjectMapper json;
    private final URI messages;
    private final String credentials;

    TwilioGateway(TextSettings settings, ObjectMapper json) {
        this.call = new Call(settings);
        this.json = json;
        var account = settings.twilio();
        String sid = Objects.requireNonNull(account.accountSid());
        this.messages = URI.create(
                account.api().toString().replaceFirst("/+$", "") + "/2010-04-01/Accounts/" + sid + "/Messages.json");
        this.credentials = Base64.getEncoder()
                .encodeToString((sid + ":" + account.authTokens().getFirst()).getBytes(UTF_8));
    }

    @Override
    public String name() {
        return "Twilio";
    }

    @Override
    public Receipt hand(Text text, BooleanSupplier leave) {
        var request = HttpRequest.newBuilder(messages)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded");
        return call.post(request, form(text).getBytes(UTF_8), leave, this::read);
    }

    private static String form(Text text) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("To", text.to());
        // The id of a messaging service stands where a number would.
        fields.put(text.from().matches("MG[0-9a-fA-F]{32}") ? "MessagingServiceSid" : "From", text.from());
        fields.put("Body", text.body());
        fields.put("StatusCallback", text.status().toString());
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Receipt read(Answer answer) {
        var said = parsed(answer.body());
        if (answer.status() < 300) {
            return new Taken("Twilio took it as " + said.path("sid").asText("(no id)"));
        }
        int code = said.path("code").asInt();
        String why = WORDS.getOrDefault(code, "it answered " + answer.status());
        String story = code == 0 ? why : why + " (" + code + ")";
        return code == UNSUBSCRIBED ? new Unsubscribed(story) : new Refused(story);
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException strange) {
            return MissingNode.getInstance();
        }
    }
}
