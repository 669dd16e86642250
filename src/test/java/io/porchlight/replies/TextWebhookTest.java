package io.porchlight.replies;

import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.replies.Conversation.someone;
import static io.porchlight.replies.Gateways.TEXTS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import io.porchlight.ledger.Notification;
import io.porchlight.orders.JourneyKey;
import io.porchlight.replies.Conversation.Someone;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What readers of texts answer and what providers report: believed when it is signed, done once. */
@WithTexts
class TextWebhookTest {

    private static final String INBOUND = "/webhooks/texts/twilio";

    private final Conversation texts;
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    TextWebhookTest(Conversation texts, JdbcClient jdbc, ObjectMapper json) {
        this.texts = texts;
        this.jdbc = jdbc;
        this.json = json;
    }

    @Test
    void stopEndsTextsAtOnceAndStartBringsThemBack() {
        var bob = someone();
        var key = texts.sells(bob);

        assertThat(says(bob, "SM-stop-" + bob.name(), "Stop.").statusCode()).isEqualTo(200);
        assertThat(arrives(key, "One")).isFalse();
        assertThat(texts.settled(key, "One").reason()).startsWith("no consent: the customer answered STOP to our texts on ");
        assertThat(arrives(texts.sells(bob), "LaterOrder")).as("whatever the shop says").isFalse();

        assertThat(says(bob, "SM-start-" + bob.name(), "START").statusCode()).isEqualTo(200);
        assertThat(arrives(key, "Two")).isTrue();
    }

    @Test
    void stopHoldsForTheNumberWhoeverHasItAndForOneBrandOnly() {
        var bob = someone();
        says(bob, "SM-" + bob.name(), "QUIT");

        assertThat(arrives(texts.sells(new Someone("flatmate-of-" + bob.name(), bob.number())), "One"))
                .isFalse();
        assertThat(arrives(texts.sells("atelier", bob, true), "One")).isTrue();
    }

    @Test
    void aStopThatComesAgainAfterStartIsOld() {
        var bob = someone();
        var key = texts.sells(bob);
        for (int time = 1; time <= 2; time++) {
            assertThat(says(bob, "SM-old-" + bob.name(), "STOP").statusCode()).isEqualTo(200);
        }
        says(bob, "SM-new-" + bob.name(), "START");

        assertThat(says(bob, "SM-old-" + bob.name(), "STOP").statusCode()).isEqualTo(200);

        assertThat(arrives(key, "One")).isTrue();
    }

    @Test
    void helpAndThanksChangeNothing() {
        var bob = someone();
        var key = texts.sells(bob);

        assertThat(says(bob, "SM-help-" + bob.name(), "HELP").body()).isEqualTo("<Response/>");
        assertThat(says(bob, "SM-thanks-" + bob.name(), "Grazie mille! 😊").statusCode()).isEqualTo(200);

        assertThat(arrives(key, "One")).isTrue();
    }

    @Test
    void aStrangerIsNotBelieved() throws Exception {
        var bob = someone();
        var key = texts.sells(bob);
        var form = inbound(bob, "SM-forged-" + bob.name(), "STOP");
        String right = signature("token-of-today", INBOUND, form);

        assertThat(post(INBOUND, form, "").statusCode()).isEqualTo(401);
        assertThat(post(INBOUND, form, signature("token-of-mallory", INBOUND, form)).statusCode()).isEqualTo(401);
        assertThat(post(INBOUND + "?x=1", form, right).statusCode()).isEqualTo(401);
        form.put("Body", "STOP ");
        assertThat(post(INBOUND, form, right).statusCode()).isEqualTo(401);
        assertThat(texts.post(INBOUND, Map.of("Content-Type", "application/x-www-form-urlencoded"), "%%%=&")
                        .statusCode())
                .isEqualTo(401);
        assertThat(arrives(key, "One")).isTrue();
    }

    @Test
    void theTokenOfYesterdayIsStillBelieved() throws Exception {
        var bob = someone();
        var form = inbound(bob, "SM-" + bob.name(), "STOP");

        assertThat(post(INBOUND, form, signature("token-of-yesterday", INBOUND, form)).statusCode())
                .isEqualTo(200);
        assertThat(arrives(texts.sells(bob), "One")).isFalse();
    }

    @Test
    void anUnknownProviderIsNotThereAndALongBodyIsNotRead() {
        assertThat(texts.post("/webhooks/texts/pigeon", Map.of(), "").statusCode()).isEqualTo(404);
        assertThat(texts.post(INBOUND, Map.of(), "x".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void whatBecameOfATextStandsInTheOrdersStory() throws Exception {
        var bob = someone();
        var key = texts.sells(bob);
        texts.plans(key, "Shipped");
        var sent = texts.settled(key, "Shipped");
        String callback = TEXTS.taken(bob.number()).getFirst().field("StatusCallback").replace("https://shoes.example", "");

        for (var status : new String[] {"sent", "undelivered", "undelivered", "queued"}) {
            var form = new TreeMap<>(Map.of("MessageSid", "SM1", "MessageStatus", status, "ErrorCode", "30003"));
            assertThat(post(callback, form, signature("token-of-today", callback, form)).statusCode())
                    .isEqualTo(200);
        }

        var line = json.readTree(texts.story(key).body()).at("/notifications/0");
        assertThat(line.path("state").asText()).isEqualTo("sent");
        assertThat(line.at("/delivery/status").asText()).isEqualTo("undelivered");
        assertThat(line.at("/delivery/note").asText()).isEqualTo("Twilio's error 30003");
        assertThat(reports(sent)).isEqualTo(1);
    }

    @Test
    void aReportAboutATextOfAnotherLedgerChangesNothing() throws Exception {
        var key = texts.sells(someone());
        texts.plans(key, "Shipped");
        var sent = texts.settled(key, "Shipped");

        for (var id : new String[] {sent.id() + "-abc", "999999999-abc", "x", sent.id() + ""}) {
            String path = INBOUND + "?text=" + id;
            var form = new TreeMap<>(Map.of("MessageSid", "SM1", "MessageStatus", "failed"));
            assertThat(post(path, form, signature("token-of-today", path, form)).statusCode())
                    .isEqualTo(200);
        }
        assertThat(reports(sent)).isZero();
    }

    @Test
    void aProviderOfOnesOwnSpeaksSignedJson() throws Exception {
        var bob = someone();
        var key = texts.sells(bob);
        texts.plans(key, "Shipped");
        var sent = texts.settled(key, "Shipped");
        String id = sent.id() + "-" + Long.toString(sent.plannedAt().toEpochMilli(), 36);

        assertThat(tells("m1-" + bob.name(), "{\"type\":\"text.delivered\",\"data\":{\"id\":\"" + id + "\"}}", 0))
                .isEqualTo(200);
        assertThat(reports(sent)).isEqualTo(1);

        String stop = "{\"type\":\"text.received\",\"data\":{\"from\":\"%s\",\"to\":\"+15005550006\",\"text\":\"stop\"}}"
                .formatted(bob.number());
        assertThat(tells("m2-" + bob.name(), stop, -600)).as("recorded and played again").isEqualTo(401);
        assertThat(tells("m2-" + bob.name(), stop, 0)).isEqualTo(200);
        assertThat(arrives(key, "One")).isFalse();
        assertThat(tells("m3-" + bob.name(), "{\"type\":\"text.exploded\"}", 0)).isEqualTo(200);
        assertThat(tells("m4-" + bob.name(), "no json", 0)).isEqualTo(200);
        assertThat(texts.post("/webhooks/texts/http", Map.of(), stop).statusCode()).isEqualTo(401);
    }

    private int tells(String id, String body, long secondsFromNow) throws Exception {
        long timestamp = Instant.now().getEpochSecond() + secondsFromNow;
        String signature = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").sign(id, timestamp, body);
        return texts.post(
                        "/webhooks/texts/http",
                        Map.of(
                                "Content-Type", "application/json",
                                "webhook-id", id,
                                "webhook-timestamp", String.valueOf(timestamp),
                                "webhook-signature", "v1,bm9uc2Vuc2U= " + signature),
                        body)
                .statusCode();
    }

    private boolean arrives(JourneyKey key, String step) {
        texts.plans(key, step);
        var state = texts.settled(key, step).state();
        assertThat(state).isIn(SENT, SKIPPED);
        return state == SENT;
    }

    private HttpResponse<String> says(Someone bob, String id, String words) {
        var form = inbound(bob, id, words);
        return post(INBOUND, form, signature("token-of-today", INBOUND, form));
    }

    private static SortedMap<String, String> inbound(Someone bob, String id, String words) {
        return new TreeMap<>(Map.of(
                "MessageSid", id,
                "AccountSid", "AC123",
                "From", bob.number(),
                "To", "+15005550006",
                "Body", words,
                "NumMedia", "0",
                "ToCity", ""));
    }

    private HttpResponse<String> post(String path, SortedMap<String, String> form, String signature) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return texts.post(
                path,
                Map.of("Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", signature),
                body);
    }

    /** As Twilio's documentation has it: the address, and every field's name and value in the order of the names. */
    private static String signature(String token, String path, SortedMap<String, String> form) {
        var signed = new StringBuilder("https://shoes.example" + path);
        form.forEach((name, value) -> signed.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private int reports(Notification sent) {
        return jdbc.sql("select count(*) from text_status where notification_id = :id")
                .param("id", sent.id())
                .query(Integer.class)
                .single();
    }
}
