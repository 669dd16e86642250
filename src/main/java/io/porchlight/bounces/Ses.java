package io.porchlight.bounces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.notifications.Diagnosis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Amazon SES, whose notifications come through SNS. The proof is our own secret, which the subscription's address carries
 * ({@code https://porchlight:<secret>@host/webhooks/bounces/ses}); Amazon's signature is not checked, because for that we
 * would have to fetch a certificate from an address that the call itself names. A subscription is confirmed by a person.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html">Notification contents</a>
 */
@Component
class Ses implements Provider {

    private static final Logger log = LoggerFactory.getLogger(Ses.class);
    private static final int LONGEST_ADDRESS = 1000;

    private final ObjectMapper json;
    private final When when;

    Ses(ObjectMapper json, When when) {
        this.json = json;
        this.when = when;
    }

    @Override
    public String name() {
        return "ses";
    }

    @Override
    public boolean proves(Call call, List<String> secrets) {
        return call.carries(secrets);
    }

    @Override
    public List<News> read(JsonNode body) {
        return switch (body.path("Type").asText()) {
            case "SubscriptionConfirmation" -> {
                log.warn(
                        "Amazon SNS asks whether it may call us. If you have subscribed this address, open {}",
                        printable(body.path("SubscribeURL").asText()));
                yield List.of();
            }
            case "Notification" ->
                notification(
                        inner(body.path("Message").asText()),
                        body.path("MessageId").asText());
            // With "raw message delivery" the notification comes without its wrapping.
            default -> notification(body, "");
        };
    }

    private List<News> notification(JsonNode told, String snsId) {
        String type =
                told.path("notificationType").asText(told.path("eventType").asText());
        var mail = told.path("mail");
        return switch (type) {
            case "Bounce" -> bounces(told.path("bounce"), mail, snsId);
            case "Complaint" -> complaint(told.path("complaint"), mail, snsId);
            default -> List.of();
        };
    }

    private List<News> bounces(JsonNode bounce, JsonNode mail, String snsId) {
        var recipient = bounce.path("bouncedRecipients").path(0);
        var diagnosis = diagnosis(bounce, recipient);
        return List.of(new News(
                new Bounce(
                        diagnosis.kind(),
                        id(bounce, snsId),
                        diagnosis.code(),
                        diagnosis.text(),
                        when.read(bounce.path("timestamp").asText())),
                traces(mail)));
    }

    private static Diagnosis diagnosis(JsonNode bounce, JsonNode recipient) {
        String status = recipient.path("status").asText();
        String text = recipient.path("diagnosticCode").asText();
        String subtype = bounce.path("bounceSubType").asText();
        String words =
                text.isEmpty() ? "Amazon SES: " + bounce.path("bounceType").asText() + ", " + subtype : text;
        if (bounce.path("bounceType").asText().equals("Permanent")) {
            return Diagnosis.permanent(status, words);
        }
        var told = Diagnosis.of(status, words);
        boolean content = subtype.equals("ContentRejected") || subtype.equals("AttachmentRejected");
        var kind = content ? Kind.POLICY : told.kind() == Kind.HARD ? Kind.SOFT : told.kind();
        return new Diagnosis(kind, told.code(), words);
    }

    private List<News> complaint(JsonNode complaint, JsonNode mail, String snsId) {
        String type = complaint.path("complaintFeedbackType").asText();
        if (type.equals("not-spam")) {
            return List.of();
        }
        return List.of(new News(
                new Bounce(
                        Kind.COMPLAINT,
                        id(complaint, snsId),
                        null,
                        ("feedback: " + type).strip(),
                        when.read(complaint.path("timestamp").asText())),
                traces(mail)));
    }

    private String id(JsonNode told, String snsId) {
        return EventId.of(name(), told.path("feedbackId").asText(snsId));
    }

    /** Our envelope sender is the "source"; the Message-ID is Amazon's own, and ours only among the headers. */
    private static List<String> traces(JsonNode mail) {
        var traces = new ArrayList<String>();
        traces.add(mail.path("source").asText());
        traces.add(mail.path("commonHeaders").path("returnPath").asText());
        for (var header : mail.path("headers")) {
            traces.add(header.path("value").asText());
        }
        traces.add(mail.path("commonHeaders").path("messageId").asText());
        return traces;
    }

    private JsonNode inner(String message) {
        try {
            return json.readTree(message);
        } catch (IOException noJson) {
            return json.createObjectNode(); // say a test message that a person typed into Amazon's console
        }
    }

    private static String printable(String address) {
        String plain = address.replaceAll("[^\\x21-\\x7e]", "");
        return plain.substring(0, Math.min(plain.length(), LONGEST_ADDRESS));
    }
}
