package io.porchlight.bounces;

import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.bounces.MailHost.Arrived;
import io.porchlight.ledger.Notification.State;
import io.porchlight.orders.JourneyKey;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mail providers tell what came back, as their documentation says they do. */
@WithReturns
class BounceWebhookTest {

    private static final String SES = "/webhooks/bounces/ses";
    private static final String POSTMARK = "/webhooks/bounces/postmark";
    private static final String MAILGUN = "/webhooks/bounces/mailgun";

    private final Sales sales;
    private final ObjectMapper json;
    private final JdbcClient jdbc;

    BounceWebhookTest(Sales sales, ObjectMapper json, JdbcClient jdbc) {
        this.sales = sales;
        this.json = json;
        this.jdbc = jdbc;
    }

    @Test
    void amazonTellsThatThereIsNoSuchAddress() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        String told =
                ses("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown", letter.envelopeFrom(), "f-" + key);

        assertThat(amazon(sns(told))).isEqualTo(200);
        assertThat(amazon(sns(told))).isEqualTo(200);

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("hard");
        assertThat(sales.bounce(key, "Confirmed").path("code").asText()).isEqualTo("5.1.1");
        assertThat(facts(key, "Confirmed")).isOne();
        assertThat(stillWrites(key)).isFalse();
    }

    @Test
    void whatAmazonCallsTransientKeepsTheAddress() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);

        amazon(sns(
                ses("Transient", "MailboxFull", "5.2.2", "smtp; 552 5.2.2 full", letter.envelopeFrom(), "t-" + key)));

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("soft");
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void amazonTellsOfAComplaintByTheHeadersOfTheLetter() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Offer", MARKETING);
        String told = """
                {"eventType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"x@example.com"}],
                 "timestamp":"2026-11-23T08:00:00.000Z","feedbackId":"c-%s","complaintFeedbackType":"abuse"},
                 "mail":{"source":"orders@bottega.example","messageId":"0000-amazon","headers":[
                   {"name":"Subject","value":"Hello"},{"name":"Message-ID","value":"%s"}]}}
                """.formatted(key, letter.header("Message-ID"));

        assertThat(amazon(told)).isEqualTo(200);

        assertThat(sales.bounce(key, "Offer").path("kind").asText()).isEqualTo("complaint");
        sales.plans(key, "SecondOffer", MARKETING);
        assertThat(sales.settled(key, "SecondOffer").state()).isEqualTo(State.SKIPPED);
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void whatNobodyKnowsIsTakenAndChangesNothing() {
        for (var body : List.of(
                "{\"Type\":\"SubscriptionConfirmation\",\"SubscribeURL\":\"https://sns.eu-west-1.amazonaws.com/?x=1\"}",
                "{\"Type\":\"UnsubscribeConfirmation\"}",
                "{\"Type\":\"Notification\",\"Message\":\"a person typed this\"}",
                "{\"Type\":\"Notification\",\"Message\":\"[1]\"}",
                "{\"Type\":\"Notification\",\"Message\":{\"not\":\"text\"}}",
                "{\"notificationType\":\"Delivery\"}",
                "{\"notificationType\":\"Bounce\"}",
                "{\"notificationType\":\"Bounce\",\"bounce\":[],\"mail\":7}",
                "{}")) {
            assertThat(amazon(body)).as(body).isEqualTo(200);
        }
        assertThat(postmark("{\"RecordType\":\"Open\"}")).isEqualTo(200);
        assertThat(postmark("{\"Type\":\"HardBounce\",\"Metadata\":\"none\"}")).isEqualTo(200);
        assertThat(mailgun("\"event\":\"delivered\"")).isEqualTo(200);
        assertThat(mailgun("\"event\":\"failed\",\"severity\":\"permanent\"")).isEqualTo(200);
    }

    @Test
    void postmarkTellsWhatCameBackByTheMetadataOfTheLetter() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        String told = """
                {"RecordType":"Bounce","ID":4323372036854775807,"Type":"HardBounce","TypeCode":1,"Name":"Hard bounce",
                 "MessageID":"883953f4-6105-42a2-a16a-77a8eac79483","Metadata":{"porchlight":"%s"},
                 "Description":"The server was unable to deliver your message (ex: unknown user).",
                 "Details":"smtp;550 5.1.1 The email account that you tried to reach does not exist",
                 "Email":"x@example.com","BouncedAt":"2026-11-23T08:00:00.5000000+00:00","Inactive":true}
                """.formatted(letter.header("X-PM-Metadata-porchlight"));

        assertThat(postmark(told)).isEqualTo(200);
        assertThat(postmark(told)).isEqualTo(200);

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("hard");
        assertThat(facts(key, "Confirmed")).isOne();
        assertThat(stillWrites(key)).isFalse();
    }

    @Test
    void postmarkTellsOfAComplaintAndOfASoftBounce() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Offer", MARKETING);
        var soft = sales.sends(key, "Confirmed", TRANSACTIONAL);

        postmark(complaint(letter));
        postmark("{\"Type\":\"SoftBounce\",\"ID\":2,\"Metadata\":{\"a\":\"" + soft.header("Message-ID") + "\"}}");

        assertThat(sales.bounce(key, "Offer").path("kind").asText()).isEqualTo("complaint");
        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("soft");
        assertThat(stillWrites(key)).isTrue();
    }

    @Test
    void mailgunTellsWhatCameBackByTheMessageId() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        String event = """
                "id":"G9Bn5sl1TC6nu79C8C0bwg","timestamp":1763884800.5,"event":"failed","severity":"permanent",
                "reason":"bounce","recipient":"x@example.com",
                "delivery-status":{"code":550,"message":"5.1.1 no such user","description":"","attempt-no":1},
                "message":{"headers":{"to":"x@example.com","message-id":"%s"}}
                """.formatted(letter.header("Message-ID").replaceAll("[<>]", ""));

        assertThat(mailgun(event)).isEqualTo(200);
        assertThat(mailgun(event)).isEqualTo(200);

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("hard");
        assertThat(facts(key, "Confirmed")).isOne();
        assertThat(stillWrites(key)).isFalse();
    }

    @Test
    void whatMailgunStillTriesIsADelay() {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);

        mailgun("\"id\":\"d-" + key + "\",\"event\":\"failed\",\"severity\":\"temporary\",\"envelope\":{\"sender\":\""
                + letter.envelopeFrom() + "\"},\"delivery-status\":{\"message\":\"450 4.2.1 later\"}");

        assertThat(sales.bounce(key, "Confirmed").path("kind").asText()).isEqualTo("delayed");
    }

    @Test
    void mailgunsSignatureIsGoodForOneBodyAndFiveMinutes() throws Exception {
        long now = Instant.now().getEpochSecond();
        String token = token();
        String body = signed("\"event\":\"delivered\"", now, token, "mailgun-key");

        assertThat(post(MAILGUN, body)).isEqualTo(200);
        assertThat(post(MAILGUN, body)).isEqualTo(200);
        assertThat(post(MAILGUN, body.replace("delivered", "complained"))).isEqualTo(401);
        assertThat(post(MAILGUN, signed("\"event\":\"x\"", now - 301, token(), "mailgun-key")))
                .isEqualTo(401);
        assertThat(post(MAILGUN, signed("\"event\":\"x\"", now + 330, token(), "mailgun-key")))
                .isEqualTo(401);
        assertThat(post(MAILGUN, signed("\"event\":\"x\"", now - 200, token(), "mailgun-key")))
                .isEqualTo(200);
        assertThat(post(MAILGUN, signed("\"event\":\"x\"", now, token(), "another-key")))
                .isEqualTo(401);
        assertThat(post(MAILGUN, "{\"event-data\":{}}")).isEqualTo(401);
    }

    @Test
    void nobodyIsHeardWithoutTheSecret() {
        assertThat(post(SES, "{}")).isEqualTo(401);
        assertThat(post(SES, "{}", "Authorization", basic("x", "wrong"))).isEqualTo(401);
        assertThat(post(SES, "{}", "Authorization", "Basic ***")).isEqualTo(401);
        assertThat(post(SES, "{}", "Authorization", basic("x", "postmark-secret")))
                .isEqualTo(401);
        assertThat(post(SES + "?secret=wrong", "{}")).isEqualTo(401);
        assertThat(post(SES, "{}", "Authorization", basic("x", "old-secret"))).isEqualTo(200);
        assertThat(post(SES + "?secret=ses-secret", "{}")).isEqualTo(200);
        assertThat(sales.posts(SES, "{}").headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"bounces\"");
        assertThat(post("/webhooks/bounces/sendgrid", "{}")).isEqualTo(404);
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (var body : List.of("", "{", "[]", "7", "null", "{\"a\":1,\"a\":2}", "{} {}")) {
            assertThat(amazon(body)).as(body).isEqualTo(400);
            assertThat(post(MAILGUN, body)).as(body).isEqualTo(400);
        }
        assertThat(amazon("{\"x\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}")).isEqualTo(413);
    }

    private boolean stillWrites(JourneyKey key) {
        sales.plans(key, "Next", TRANSACTIONAL);
        return sales.settled(key, "Next").state() == State.SENT;
    }

    private long facts(JourneyKey key, String step) {
        return jdbc.sql("select count(*) from bounce where notification_id = :id")
                .param("id", sales.notification(key, step).id())
                .query(Long.class)
                .single();
    }

    private int amazon(String body) {
        return post(SES, body, "Authorization", basic("porchlight", "ses-secret"), "Content-Type", "text/plain");
    }

    private int postmark(String body) {
        return post(POSTMARK, body, "Authorization", basic("x", "postmark-secret"), "Content-Type", "application/json");
    }

    private int mailgun(String event) {
        try {
            return post(MAILGUN, signed(event, Instant.now().getEpochSecond(), token(), "mailgun-key"));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private int post(String path, String body, String... headers) {
        return sales.posts(path, body, headers).statusCode();
    }

    private String sns(String message) {
        return json.createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", UUID.randomUUID().toString())
                .put("TopicArn", "arn:aws:sns:eu-west-1:1:bounces")
                .put("Message", message)
                .put("Timestamp", "2026-11-23T08:00:00.000Z")
                .toString();
    }

    private static String ses(String type, String subtype, String status, String diagnostic, String source, String id) {
        return """
                {"notificationType":"Bounce","bounce":{"bounceType":"%s","bounceSubType":"%s","reportingMTA":"dns; mx",
                  "bouncedRecipients":[{"emailAddress":"x@example.com","status":"%s","action":"failed",
                    "diagnosticCode":"%s"}],
                  "timestamp":"2026-11-23T08:00:00.000Z","feedbackId":"%s"},
                 "mail":{"timestamp":"2026-11-23T08:00:00.000Z","source":"%s","messageId":"0000014a-amazon",
                  "destination":["x@example.com"]}}
                """.formatted(type, subtype, status, diagnostic, id, source);
    }

    private static String complaint(Arrived letter) {
        return "{\"RecordType\":\"SpamComplaint\",\"Type\":\"SpamComplaint\",\"ID\":1,\"Metadata\":{\"porchlight\":\""
                + letter.header("Message-ID") + "\"},\"BouncedAt\":\"nonsense\"}";
    }

    private static String signed(String event, long timestamp, String token, String key)
            throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal((timestamp + token).getBytes(UTF_8)));
        return "{\"signature\":{\"timestamp\":\"" + timestamp + "\",\"token\":\"" + token + "\",\"signature\":\""
                + signature + "\"},\"event-data\":{" + event + "}}";
    }

    private static String token() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
