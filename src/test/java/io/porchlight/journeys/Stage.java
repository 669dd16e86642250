package io.porchlight.journeys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.camunda.client.CamundaClient;
import io.camunda.client.lifecycle.CamundaClientLifecycleAware;
import io.porchlight.database.Rows;
import io.porchlight.engine.EngineReady;
import io.porchlight.orders.JourneyKey;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/**
 * What stands around a journey: the shop and the workshop, who speak HTTP, and the customer, who reads mail. Each test's
 * engine is a new life to the application, with an empty database.
 */
class Stage implements CamundaClientLifecycleAware {

    static final String API_KEY = "a-key-for-tests";

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final AtomicInteger LIVES = new AtomicInteger();
    private static final AtomicInteger ORDERS = new AtomicInteger();

    static {
        MAIL.start();
    }

    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final Environment environment;

    Stage(ApplicationEventPublisher events, JdbcClient jdbc, Environment environment) {
        this.events = events;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    static int mailPort() {
        return MAIL.getSmtp().getPort();
    }

    @Override
    public void onStart(CamundaClient client) {
        Rows.clear(jdbc);
        newLife();
    }

    @Override
    public void onStop(CamundaClient client) {}

    /** The engine that answers from now on is another one than before. */
    void newLife() {
        events.publishEvent(new EngineReady("test-" + LIVES.incrementAndGet()));
    }

    /** The engine loses everything it knew, and starts counting from the beginning. */
    void loseTheEngine() {
        RestClient.create(requireNonNull(environment.getProperty("camunda.client.rest-address")))
                .post()
                .uri("/actuator/cluster/purge")
                .retrieve()
                .toBodilessEntity();
        newLife();
    }

    /** The key of an order that was not placed yet. */
    JourneyKey nextOrder() {
        return new JourneyKey("bottega", "order-" + ORDERS.incrementAndGet());
    }

    JourneyKey order(String... tags) {
        var key = nextOrder();
        place(key, Map.of(), tags);
        return key;
    }

    void place(JourneyKey key, Map<String, ?> customer, String... tags) {
        var person = new HashMap<String, Object>(Map.of(
                "id", "c-1",
                "name", "Bob Rossi",
                "email", address(key),
                "locale", "en-US",
                "timeZone", "America/New_York"));
        person.putAll(customer);
        person.values().removeIf(""::equals);
        var order = Map.of(
                "brand", key.brand(),
                "orderId", key.orderId(),
                "placedAt", "2026-11-21T10:00:00Z",
                "customer", person,
                "lines",
                        List.of(
                                Map.of("sku", "cream", "name", "Shoe cream", "quantity", 2),
                                Map.of("sku", "derby-42", "name", "Derby", "quantity", 1, "tags", List.of(tags))));
        assertThat(post("/api/orders", order).value()).isEqualTo(202);
    }

    /** Reports a milestone under an id of its own. */
    void happened(JourneyKey key, String milestone) {
        assertThat(report(key, milestone + "-1", milestone, Map.of()).value()).isEqualTo(202);
    }

    HttpStatusCode report(JourneyKey key, String id, String milestone, Map<String, ?> details) {
        return post(
                "/api/orders/" + key.brand() + "/" + key.orderId() + "/milestones",
                Map.of("id", id, "name", milestone, "occurredAt", "2026-11-21T12:00:00Z", "details", details));
    }

    HttpStatusCode cancel(JourneyKey key, String reason) {
        return post("/api/orders/" + key.brand() + "/" + key.orderId() + "/cancellation", Map.of("reason", reason));
    }

    private HttpStatusCode post(String path, Map<String, ?> content) {
        return api().post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(content)
                .exchange((request, response) -> response.getStatusCode());
    }

    /** What the sender is told about the order. */
    JsonNode timeline(JourneyKey key) {
        return requireNonNull(api().get()
                .uri("/api/orders/" + key.brand() + "/" + key.orderId())
                .retrieve()
                .body(JsonNode.class));
    }

    private RestClient api() {
        return RestClient.builder()
                .baseUrl("http://127.0.0.1:" + environment.getProperty("local.server.port"))
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + API_KEY)
                .build();
    }

    static String address(JourneyKey key) {
        return key.orderId() + "@example.com";
    }

    /** The letters that reached this customer, oldest first. */
    List<MimeMessage> letters(JourneyKey key) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .filter(letter -> header(letter, "To").contains(address(key)))
                .toList();
    }

    private static String header(MimeMessage letter, String name) {
        try {
            return String.valueOf(letter.getHeader(name, ","));
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static String subject(MimeMessage letter) {
        try {
            return letter.getSubject();
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** What the customer sees of a letter. */
    static String html(MimeMessage letter) throws MessagingException, IOException {
        return (String) ((Multipart) letter.getContent()).getBodyPart(1).getContent();
    }

    /** Waits until the ledger says exactly this of the order, and the customer has read exactly what was sent. */
    void ledgerSays(JourneyKey key, String... stepsAndStates) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(lines(key)).containsExactly(stepsAndStates));
        var sent = StreamSupport.stream(timeline(key).path("notifications").spliterator(), false)
                .filter(line -> line.path("state").asText().equals("sent"))
                .map(line -> line.path("subject").asText())
                .toList();
        assertThat(letters(key)).extracting(Stage::subject).containsExactlyElementsOf(sent);
    }

    /** Why a notification was skipped, or whatever else the ledger says about it. */
    String reason(JourneyKey key, String step) {
        return StreamSupport.stream(timeline(key).path("notifications").spliterator(), false)
                .filter(line -> line.path("step").asText().equals(step))
                .map(line -> line.path("reason").asText())
                .findFirst()
                .orElse("");
    }

    void journeyIs(JourneyKey key, String process, String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    var journey = timeline(key).path("journey");
                    assertThat(journey.path("process").asText() + " "
                                    + journey.path("state").asText())
                            .isEqualTo(process + " " + state);
                });
    }

    private List<String> lines(JourneyKey key) {
        return StreamSupport.stream(timeline(key).path("notifications").spliterator(), false)
                .map(line ->
                        line.path("step").asText() + " " + line.path("state").asText())
                .toList();
    }
}
