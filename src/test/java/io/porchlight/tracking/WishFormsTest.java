package io.porchlight.tracking;

import static io.porchlight.tracking.Visitor.place;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.porchlight.consent.Consents;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.orders.Links;
import io.porchlight.orders.Orders;
import io.porchlight.tracking.Shop.Bought;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** What a customer asks for on the page holds, everywhere and at once. */
@WithCustomers
class WishFormsTest {

    private static final Instant PLACED = WithCustomers.Time.PLACED;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private StoryClock clock;

    @LocalServerPort
    private int port;

    private Shop shop;
    private Visitor bob;

    @BeforeEach
    void begin() {
        shop = new Shop(context, port);
        bob = new Visitor(port);
        clock.set(PLACED);
    }

    @Test
    void passesANoteForThePorchToTheShopUntilItShips() {
        var order = sells();

        var answer = bob.posts(order.path() + "/note", "note", "  Behind the bench,\r\nplease \u0000\u0007 ");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(place(answer)).endsWith("?did=note#wishes").startsWith("../");
        assertThat(shop.asks(order).at("/wishes/deliveryNote").asText()).isEqualTo("Behind the bench,\nplease");

        shop.happens(order, "shipped", PLACED, Map.of("parcel", "A"));
        assertThat(place(bob.posts(order.path() + "/note", "note", "At the neighbour’s")))
                .endsWith("?did=note-late#wishes");
        assertThat(shop.asks(order).at("/wishes/deliveryNote").asText()).startsWith("Behind the bench");
        assertThat(bob.opens(order.path()).body())
                .contains("Behind the bench")
                .doesNotContain("<textarea", order.path() + "/note");
    }

    @Test
    void takesANoteOf500CharactersAndNoneThatIsLonger() {
        var order = sells();
        String longest = "ü".repeat(500);

        assertThat(place(bob.posts(order.path() + "/note", "note", longest))).endsWith("?did=note#wishes");
        assertThat(place(bob.posts(order.path() + "/note", "note", longest + "!")))
                .endsWith("?did=note-long#wishes");
        assertThat(shop.asks(order).at("/wishes/deliveryNote").asText()).isEqualTo(longest);
        assertThat(place(bob.posts(order.path() + "/note", "note", " "))).endsWith("?did=note-over#wishes");
        assertThat(shop.asks(order).has("wishes")).isFalse();
    }

    @Test
    void choosesThePaceAndLeavesMarketingAlone() {
        var order = sells(true);

        assertThat(place(bob.posts(order.path() + "/pace", "pace", "PROBLEMS"))).endsWith("?did=pace#wishes");

        var preferences = preferences(order);
        assertThat(preferences.pace()).isEqualTo(Pace.PROBLEMS);
        assertThat(preferences.topics()).contains(Topic.OFFERS, Topic.CARE_TIPS);
        assertThat(bob.opens(order.path()).body()).contains("name=\"offers\" value=\"mute\"");
    }

    @Test
    void mutesOffersAndNothingElse() {
        var order = sells(true);

        bob.posts(order.path() + "/pace", "pace", "EVERY_STEP", "offers", "mute");

        assertThat(preferences(order).topics()).containsExactlyInAnyOrder(Topic.ORDER_UPDATES, Topic.CARE_TIPS);
        assertThat(bob.opens(order.path()).body()).doesNotContain("value=\"mute\"");
    }

    @Test
    void changesNothingWhenItCannotReadTheForm() {
        var order = sells(true);

        assertThat(place(bob.posts(order.path() + "/pace", "pace", "X", "offers", "mute")))
                .endsWith("?did=pace-misread#wishes");
        assertThat(place(bob.posts(order.path() + "/pace"))).endsWith("?did=pace-misread#wishes");
        assertThat(place(bob.posts(order.path() + "/gift", "gift", "maybe"))).endsWith("?did=gift-misread#wishes");

        assertThat(preferences(order).topics()).contains(Topic.OFFERS);
        assertThat(shop.asks(order).has("wishes")).isFalse();
        assertThat(bob.opens(order.path() + "?did=%3Cscript%3E").body()).doesNotContain("class=\"said\"", "<script>");
    }

    @Test
    void keepsAGiftASecretEverywhere() throws MessagingException, IOException {
        var order = sells(true);
        shop.adopts(order, "italian-shoes");
        shop.writes(order, "italian-shoes", "OrderConfirmedEmail");
        clock.set(PLACED.plusSeconds(86_400));
        shop.happens(
                order,
                "leather-cut",
                PLACED.plusSeconds(3_600),
                Map.of("note", "The oxblood hide", "photoUrl", "https://photos.example/hide.png"));
        shop.happens(order, "sole-stitched", PLACED.plusSeconds(7_200));
        var links = context.getBean(Links.class);
        String shared = links.share(order.key()).getPath();

        bob.posts(order.path() + "/gift", "gift", "true");
        shop.writes(order, "italian-shoes", "LeatherCutEmail");
        plan(order, "CareTips", MessageClass.MARKETING);

        for (String page : List.of(order.path(), order.path() + "/story", shared)) {
            assertThat(bob.opens(page).statusCode()).as(page).isEqualTo(200);
            assertThat(bob.opens(page).body())
                    .as(page)
                    .doesNotContainIgnoringCase("derby")
                    .doesNotContainIgnoringCase("leather")
                    .doesNotContainIgnoringCase("shoes-")
                    .doesNotContainIgnoringCase("sole")
                    .doesNotContain("oxblood", "hide.png");
        }
        var letter = lastLetter();
        assertThat(letter.getSubject())
                .isEqualTo("There is news about your order " + order.key().orderId());
        assertThat(text(letter))
                .contains("[x] Step 2", "A gift", "Dear Bob,")
                .doesNotContainIgnoringCase("derby")
                .doesNotContainIgnoringCase("leather")
                .doesNotContainIgnoringCase("oxblood");
        await().untilAsserted(() ->
                assertThat(notification(order, "CareTips").reason()).startsWith("a gift: "));
        assertThat(shop.asks(order).at("/wishes/gift").asBoolean()).isTrue();

        bob.posts(order.path() + "/gift", "gift", "false");
        assertThat(bob.opens(order.path()).body()).contains("Derby", "Leather cut", "The oxblood hide");
    }

    @Test
    void refusesWhatOtherSitesPost() {
        var order = sells();
        var forged = List.of(
                bob.request(order.path() + "/gift").header("Sec-Fetch-Site", "cross-site"),
                bob.request(order.path() + "/gift").header("Sec-Fetch-Site", "same-site"),
                bob.request(order.path() + "/gift").header("Origin", "https://evil.example"),
                bob.request(order.path() + "/gift").header("Origin", "http://127.0.0.1:1"),
                bob.request(order.path() + "/gift").header("Origin", "no origin at all"));

        assertThat(forged)
                .allSatisfy(post ->
                        assertThat(bob.posts(post, "gift", "true").statusCode()).isEqualTo(403));
        assertThat(shop.asks(order).has("wishes")).isFalse();

        var own = bob.request(order.path() + "/gift").header("Origin", "http://127.0.0.1:" + port);
        assertThat(bob.posts(own, "gift", "true").statusCode()).isEqualTo(303);
    }

    @Test
    void opensNothingToATokenOfAnotherPurpose() {
        var order = sells();
        var links = context.getBean(Links.class);
        String tracking = last(order.path());
        String shared = last(links.share(order.key()).getPath());
        String preferences = last(links.preferences(order.key()).getPath());

        for (String token : List.of(shared, preferences, "wrong", tracking.substring(1))) {
            for (String part : List.of("", "/story", "/events", "/keepsake", "/promise.ics")) {
                assertThat(bob.opens("/t/" + token + part).statusCode())
                        .as(part)
                        .isEqualTo(404);
            }
            for (String form : List.of("/note", "/gift", "/pace", "/share")) {
                var answer = bob.posts("/t/" + token + form, "note", "x", "gift", "true", "pace", "PROBLEMS");
                assertThat(answer.statusCode()).as(form).isEqualTo(404);
                assertThat(answer.body()).contains("This link opens nothing");
            }
        }
        assertThat(bob.opens("/s/" + tracking).statusCode()).isEqualTo(404);
        assertThat(shop.asks(order).has("wishes")).isFalse();
    }

    @Test
    void sharesTheStoryAndNothingAboutTheCustomer() {
        var order = sells();
        clock.set(PLACED.plusSeconds(86_400));
        shop.happens(
                order,
                "leather-cut",
                PLACED.plusSeconds(3_600),
                Map.of("note", "For Bob Rossi", "carrier", "DHL", "trackingNumber", "JD0146"));
        shop.writes(order, "italian-shoes", "LeatherCutEmail");
        assertThat(place(bob.posts(order.path() + "/share", "share", "true"))).endsWith("?did=share#wishes");
        String shared =
                context.getBean(Links.class).shared(order.key()).orElseThrow().getPath();

        var page = bob.opens(shared);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Leather cut", "28 December – 4 January")
                .doesNotContain(
                        "Bob",
                        "Rossi",
                        "Derby",
                        "JD0146",
                        "DHL",
                        order.key().orderId(),
                        last(order.path()),
                        "<form",
                        "<script",
                        "is cut");
        bob.posts(order.path() + "/share", "share", "false");
        assertThat(bob.opens(shared).statusCode()).isEqualTo(404);
        bob.posts(order.path() + "/share", "share", "true");
        assertThat(bob.opens(shared).statusCode()).isEqualTo(404);
    }

    @Test
    void isAKeepsakeOnlyWhenTheStoryIsOver() {
        var order = sells();
        var early = bob.opens(order.path() + "/keepsake");
        assertThat(early.statusCode()).isEqualTo(303);
        assertThat(place(early)).isEqualTo("../" + last(order.path()));

        clock.set(PLACED.plusSeconds(86_400 * 30));
        shop.happens(order, "delivered", PLACED.plusSeconds(86_400 * 29), Map.of("note", "On the porch"));

        var page = bob.opens(order.path() + "/keepsake");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("On the porch", "Derby shoes, oxblood", "It has happened, but");
    }

    @Test
    void keepsEveryPagePrivate() {
        var order = sells();
        clock.set(PLACED.plusSeconds(86_400 * 30));
        shop.happens(order, "delivered", PLACED.plusSeconds(86_400 * 29));
        String shared = context.getBean(Links.class).share(order.key()).getPath();

        for (String path : List.of(
                order.path(),
                order.path() + "/keepsake",
                shared,
                "/lost",
                "/t/wrong",
                "/s/wrong",
                "/t/wrong/keepsake")) {
            var headers = bob.opens(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Frame-Options")).as(path).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("no-referrer");
            assertThat(headers.firstValue("Cache-Control").orElse("")).as(path).contains("no-store");
            assertThat(headers.firstValue("Set-Cookie")).as(path).isEmpty();
        }
        assertThat(bob.opens(order.path() + "/promise.ics")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElse(""))
                .contains("no-store");
    }

    @Test
    void putsThePromisedDaysIntoTheCalendarAndMovesThem() {
        var order = sells();

        var first = bob.opens(order.path() + "/promise.ics");
        shop.promises(order, "2027-01-06", "2027-01-09", PLACED.plusSeconds(60));
        var second = bob.opens(order.path() + "/promise.ics").body();

        assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith("text/calendar");
        assertThat(first.body())
                .contains("SEQUENCE:0\r\n", "DTSTART;VALUE=DATE:20261228\r\n", "DTEND;VALUE=DATE:20270105\r\n")
                .doesNotContain(last(order.path()), "Bob");
        assertThat(second).contains("SEQUENCE:1\r\n", "DTSTART;VALUE=DATE:20270106\r\n");
        assertThat(line(second, "UID:")).isEqualTo(line(first.body(), "UID:"));

        var unsaid = shop.order("en-GB", "Bob Rossi", PLACED);
        unsaid.remove("promise");
        assertThat(bob.opens(shop.takes(unsaid).path() + "/promise.ics").statusCode())
                .isEqualTo(404);
    }

    private Bought sells() {
        return shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
    }

    private Bought sells(boolean marketing) {
        var order = shop.order("en-GB", "Bob Rossi", PLACED);
        ((com.fasterxml.jackson.databind.node.ObjectNode) order.path("customer"))
                .put("id", "c-" + order.path("orderId").asText())
                .put("email", "bob-" + order.path("orderId").asText() + "@example.com")
                .putObject("consent")
                .put("marketing", marketing)
                .put("sms", false);
        return shop.takes(order);
    }

    private io.porchlight.consent.Preferences preferences(Bought order) {
        var sold = context.getBean(Orders.class).find(order.key()).orElseThrow();
        return context.getBean(Consents.class).of(sold).orElseThrow().preferences();
    }

    private void plan(Bought order, String step, MessageClass messageClass) {
        context.getBean(Ledger.class)
                .plan(new Plan(
                        order.key(),
                        "italian-shoes",
                        step,
                        Occurrence.FIRST,
                        "email",
                        "standard/order-confirmed",
                        messageClass,
                        null,
                        0,
                        Duration.ofDays(1)));
    }

    private Notification notification(Bought order, String step) {
        return context.getBean(Ledger.class).of(order.key()).stream()
                .filter(letter -> letter.step().equals(step) && letter.reason() != null)
                .findFirst()
                .orElseThrow(AssertionError::new);
    }

    private static MimeMessage lastLetter() {
        return Arrays.asList(WithCustomers.Post.SERVER.getReceivedMessages()).getLast();
    }

    private static String text(MimeMessage letter) throws MessagingException, IOException {
        var parts = (MimeMultipart) letter.getContent();
        return new String(parts.getBodyPart(0).getInputStream().readAllBytes(), UTF_8)
                + new String(parts.getBodyPart(1).getInputStream().readAllBytes(), UTF_8);
    }

    private static String line(String calendar, String name) {
        return calendar.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElse("");
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
