package io.porchlight.texts;

import static io.porchlight.texts.TextProvider.hangsUp;
import static io.porchlight.texts.TextProvider.refuses;
import static io.porchlight.texts.TextProvider.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import io.porchlight.texts.Receipt.Broken;
import io.porchlight.texts.Receipt.NotNow;
import io.porchlight.texts.Receipt.Refused;
import io.porchlight.texts.Receipt.Taken;
import io.porchlight.texts.Receipt.Unanswered;
import io.porchlight.texts.Receipt.Unreached;
import io.porchlight.texts.Receipt.Unsubscribed;
import io.porchlight.texts.Receipt.Withheld;
import io.porchlight.texts.TextSettings.Account;
import io.porchlight.texts.TextSettings.Endpoint;
import io.porchlight.texts.TextSettings.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What becomes of a text between us and a provider, over real HTTP. */
class HandingOverTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final BooleanSupplier YES = () -> true;
    private static final AtomicInteger NUMBERS = new AtomicInteger(2_000_000);
    private static final TextProvider PROVIDER = new TextProvider();

    private final String number = "+39347" + NUMBERS.incrementAndGet();

    @Test
    void twilioIsToldWhatItsApiAsksFor() {
        var taken = gateway(Provider.TWILIO).hand(text("Bottega"), YES);

        assertThat(taken).isInstanceOf(Taken.class);
        var posted = PROVIDER.taken(number).getFirst();
        assertThat(posted.path()).isEqualTo("/2010-04-01/Accounts/AC123/Messages.json");
        assertThat(posted.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded")
                .containsEntry("authorization", "Basic QUMxMjM6dG9rZW4=");
        assertThat(posted.field("Body")).isEqualTo("It's on its way & more: https://x/t/1?a=b+c è €");
        assertThat(posted.field("From")).isEqualTo("Bottega");
        assertThat(posted.field("MessagingServiceSid")).isEmpty();
    }

    @Test
    void aMessagingServiceStandsWhereANumberWould() {
        String service = "MG0123456789abcdef0123456789abcdef";
        gateway(Provider.TWILIO).hand(text(service), YES);

        assertThat(PROVIDER.taken(number).getFirst().field("MessagingServiceSid")).isEqualTo(service);
        assertThat(PROVIDER.taken(number).getFirst().field("From")).isEmpty();
    }

    @Test
    void aProviderOfOnesOwnGetsSignedJsonAndTheSameKeyOnEveryTry() throws Exception {
        PROVIDER.next(number, hangsUp());
        var gateway = gateway(Provider.HTTP);
        assertThat(gateway.hand(text("Bottega"), YES)).isInstanceOf(Unanswered.class);
        assertThat(gateway.hand(text("Bottega"), YES)).isEqualTo(new Taken("It answered 201"));

        assertThat(PROVIDER.arrived(number)).hasSize(2).allSatisfy(posted -> {
            assertThat(posted.headers()).containsEntry("idempotency-key", "42-abc").containsEntry("webhook-id", "42-abc");
            new Webhook(SECRET)
                    .verify(
                            posted.body(),
                            Map.of(
                                    "webhook-id", List.of("42-abc"),
                                    "webhook-timestamp", List.of(header(posted, "webhook-timestamp")),
                                    "webhook-signature", List.of(header(posted, "webhook-signature"))));
        });
        var json = json(PROVIDER.taken(number).getFirst().body());
        assertThat(json.path("id").asText()).isEqualTo("42-abc");
        assertThat(json.path("to").asText()).isEqualTo(number);
        assertThat(json.path("text").asText()).isEqualTo("It's on its way & more: https://x/t/1?a=b+c è €");
        assertThat(json.path("segments").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, names = {"TWILIO", "HTTP"}, mode = Mode.INCLUDE)
    void aTextThatWasTakenBackNeverArrives(Provider provider) {
        var receipt = gateway(provider).hand(text("Bottega"), () -> false);

        assertThat(receipt).isEqualTo(new Withheld());
        assertThat(PROVIDER.arrived(number)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, names = {"TWILIO", "HTTP"}, mode = Mode.INCLUDE)
    void aTextOfWhichNobodyKnowsWhetherItMayLeaveStays(Provider provider) {
        var receipt = gateway(provider).hand(text("Bottega"), () -> {
            throw new IllegalStateException("the database is away");
        });

        assertThat(receipt).isInstanceOf(Broken.class);
        assertThat(PROVIDER.arrived(number)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, names = {"TWILIO", "HTTP"}, mode = Mode.INCLUDE)
    void anAnswerThatNeverCameLeavesTheTextUnknown(Provider provider) {
        PROVIDER.next(number, hangsUp());
        assertThat(gateway(provider).hand(text("Bottega"), YES)).isInstanceOf(Unanswered.class);

        try (var held = PROVIDER.takesSlowly(number)) {
            assertThat(gateway(provider).hand(text("Bottega"), YES)).isEqualTo(new Unanswered("no answer in time"));
            assertThat(held).isNotNull();
        }

        PROVIDER.next(number, says(504, ""));
        assertThat(gateway(provider).hand(text("Bottega"), YES)).isInstanceOf(Unanswered.class);
        assertThat(PROVIDER.arrived(number)).as("none of them was sent again by itself").hasSize(3);
    }

    @Test
    void aProviderThatIsAwayIsUnreached() throws IOException {
        int port;
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = door.getLocalPort();
        }
        var settings = settings(Provider.TWILIO, "http://127.0.0.1:" + port);

        assertThat(new TwilioGateway(settings, new ObjectMapper()).hand(text("Bottega"), YES))
                .isInstanceOf(Unreached.class);
    }

    @Test
    void aProviderThatDoesNotKnowUsIsUnreachedToo() {
        PROVIDER.next(number, refuses(401, 20003));

        assertThat(gateway(Provider.TWILIO).hand(text("Bottega"), YES))
                .isEqualTo(new Unreached("it does not accept our credentials (401)"));
    }

    @ParameterizedTest
    @CsvSource({"408", "409", "425", "429", "500", "502", "503", "302", "307"})
    void whatIsNotTakenNowIsTakenLater(int status) {
        PROVIDER.next(number, says(status, ""));

        assertThat(gateway(Provider.HTTP).hand(text("Bottega"), YES)).isInstanceOf(NotNow.class);
        assertThat(PROVIDER.arrived(number)).as("no redirect is followed").hasSize(1);
    }

    @Test
    void aProviderMaySayHowLongToWait() {
        PROVIDER.next(number, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "90");
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });

        assertThat(gateway(Provider.HTTP).hand(text("Bottega"), YES))
                .isEqualTo(new NotNow("it asked to wait (429)", Duration.ofSeconds(90)));
    }

    @Test
    void aRefusalIsToldInWords() {
        PROVIDER.next(number, refuses(400, 21211));
        assertThat(gateway(Provider.TWILIO).hand(text("Bottega"), YES))
                .isEqualTo(new Refused("the number does not exist (21211)"));

        PROVIDER.next(number, refuses(400, 21610));
        assertThat(gateway(Provider.TWILIO).hand(text("Bottega"), YES)).isInstanceOf(Unsubscribed.class);

        PROVIDER.next(number, says(404, "<html>"));
        assertThat(gateway(Provider.TWILIO).hand(text("Bottega"), YES)).isEqualTo(new Refused("it answered 404"));

        PROVIDER.next(number, says(422, "no\nsuch  sender"));
        assertThat(gateway(Provider.HTTP).hand(text("Bottega"), YES))
                .isEqualTo(new Refused("it answered 422: no such sender"));
    }

    @Test
    void anAnswerThatStopsAfterItsFirstLineHasSaidEnough() {
        PROVIDER.next(number, exchange -> {
            exchange.sendResponseHeaders(201, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });

        assertThat(gateway(Provider.HTTP).hand(text("Bottega"), YES)).isEqualTo(new Taken("It answered 201"));
    }

    @Test
    void anEndlessAnswerIsNotKept() {
        PROVIDER.next(number, says(400, "x".repeat(1_000_000)));

        assertThat(gateway(Provider.HTTP).hand(text("Bottega"), YES))
                .isEqualTo(new Refused("it answered 400: " + "x".repeat(200) + "…"));
    }

    private Text text(String from) {
        return new Text(
                "42-abc",
                from,
                number,
                "It's on its way & more: https://x/t/1?a=b+c è €",
                URI.create("https://x/webhooks/texts/y?text=42-abc"));
    }

    private static TextGateway gateway(Provider provider) {
        var settings = settings(provider, PROVIDER.address());
        return provider == Provider.TWILIO
                ? new TwilioGateway(settings, new ObjectMapper())
                : new SignedHttpGateway(settings, new ObjectMapper(), Clock.systemUTC());
    }

    private static TextSettings settings(Provider provider, String address) {
        return new TextSettings(
                provider,
                Map.of(),
                3,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new Account("AC123", List.of("token"), URI.create(address)),
                new Endpoint(URI.create(address + "/texts"), List.of(SECRET)));
    }

    private static String header(TextProvider.Posted posted, String name) {
        return posted.headers().getOrDefault(name, "");
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String body) throws JsonProcessingException {
        return new ObjectMapper().readTree(body);
    }
}
