package io.porchlight.tracking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import io.porchlight.tracking.Shop.Bought;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a customer sees, in a real browser. No engine runs: what it would say is put in by hand. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.engine.mode=remote",
            "porchlight.secret=a-secret-of-this-test",
            "porchlight.brands.bottega.api-keys=" + Shop.KEY,
            "porchlight.tracking.heartbeat=1s",
            "camunda.client.grpc-address=http://127.0.0.1:1",
            "camunda.client.rest-address=http://127.0.0.1:1",
            "spring.datasource.url=jdbc:h2:mem:tracking;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
class TrackingPageIT {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Instant PLACED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant CUT = Instant.parse("2026-11-24T08:10:00Z");
    private static final Instant MADE = Instant.parse("2026-12-09T15:40:00Z");
    private static final Instant STORED = Instant.parse("2026-12-16T09:05:00Z");
    private static final Instant SHIPPED = Instant.parse("2026-12-18T13:30:00Z");
    private static final Instant DELIVERED = Instant.parse("2026-12-30T09:48:00Z");
    private static final String NOTE = "A lovely hide from Santa Croce, cut this morning. — Lucia";

    private static final GreenMail POST = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static Chromium chromium;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private StoryClock clock;

    @LocalServerPort
    private int port;

    private Shop shop;
    private final List<BrowserContext> visits = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        StoryClock storyClock() {
            return new StoryClock(PLACED);
        }
    }

    @DynamicPropertySource
    static void post(DynamicPropertyRegistry properties) {
        POST.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> POST.getSmtp().getPort());
    }

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
        POST.stop();
    }

    @BeforeEach
    void begin() {
        shop = new Shop(context, port);
        clock.set(PLACED);
    }

    @AfterEach
    void leave() {
        visits.forEach(BrowserContext::close);
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "en-GB, 320", "en-GB, 768", "en-GB, 1280", "it-IT, 320", "it-IT, 768", "it-IT, 1280",
        "de-DE, 320", "de-DE, 768", "de-DE, 1280", "ar, 320", "ar, 768", "ar, 1280"
    })
    void readsWellInEveryLanguageOnEveryScreen(String locale, int width) {
        var order = onItsWay(locale);
        var page = visit(order, options(width));
        String language = locale.substring(0, 2);

        assertThat(page.locator("html")).hasAttribute("lang", language);
        assertThat(page.locator("html")).hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");
        assertThat(page.locator(".parcel .button")).hasAttribute("href", "https://www.dhl.com/track?id=JD0146000034");
        assertThat(page.locator(".letters li")).hasCount(2);
        assertThat(page.locator("body")).not().containsText("??");
        assertThat(overflow(page)).as("pixels to scroll sideways").isZero();
        accessible(page);
        picture(page, "on-its-way-" + language + "-" + width);
    }

    @Test
    void tellsWhereTheOrderIsInTheModelsWords() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        cut(order);
        var page = visit(order, options(390));

        assertThat(page.locator("h1")).hasText("Leather cut");
        assertThat(page.locator(".lead")).hasText("Our cutter chose the hides for your pair and cut them by hand.");
        assertThat(page.locator(".note")).containsText(NOTE);
        assertThat(page.locator(".eyebrow")).containsText("24 November, 09:10");
        assertThat(page.locator("#arrival")).containsText("28 December – 4 January");
        assertThat(page.locator("#next")).containsText("Shoes made");
        assertThat(page.locator("#next")).containsText("only that it comes before 4 January");
        assertThat(page.locator("#next")).containsText("We will write to you when it has happened");
        assertThat(page.locator(".chapters > ol > li")).hasText(new java.util.regex.Pattern[] {
            words("Order confirmed"), words("Leather cut"), words("Shoes made"),
            words("At our warehouse"), words("Shipped"), words("Delivered")
        });
        assertThat(page.locator(".chapters [aria-current=step] h3")).hasText("Leather cut");
        assertThat(page.locator(".steps")).hasText("Step 2 of 6 · next: Shoes made");
        assertThat(page.locator(".as-of")).containsText("24 November, 12:00");
        accessible(page);
        picture(page, "leather-cut-en-390");
    }

    @Test
    void saysWhatIsNotKnownInsteadOfGuessing() {
        var unsaid = shop.order("en-GB", "Bob Rossi", PLACED);
        unsaid.remove("promise");
        var page = visit(shop.takes(unsaid), options(390));

        assertThat(page.locator("h1")).hasText("Order received");
        assertThat(page.locator("#arrival")).containsText("We do not know yet");
        assertThat(page.locator("#next")).hasCount(0);
        accessible(page);
        picture(page, "not-known-en-390");
    }

    @Test
    void doesNotInventTheTimeOfWhatNobodyReported() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        clock.set(SHIPPED.plusSeconds(60));
        shop.happens(order, "shipped", SHIPPED);
        var page = visit(order, options(390));

        assertThat(page.locator("h1")).hasText("Shipped");
        assertThat(page.locator("#chapter-shoes-made")).containsText("It has happened, but we were not told when");
        assertThat(page.locator("#next")).containsText("We expect it 28 December – 4 January");
    }

    @Test
    void ownsUpToAPromiseThatMoved() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        cut(order);
        clock.set(Instant.parse("2026-12-20T09:00:00Z"));
        shop.promises(order, "2027-01-06", "2027-01-09", Instant.parse("2026-12-18T09:00:00Z"));
        var page = visit(order, options(768));

        assertThat(page.locator("#arrival .big")).hasText("6 January – 9 January");
        assertThat(page.locator(".history li")).hasText(new String[] {
            "On 21 November we said 28 December – 4 January.", "On 18 December it became 6 January – 9 January."
        });
        accessible(page);
        picture(page, "promise-moved-en-768");

        clock.set(Instant.parse("2027-01-10T09:00:00Z"));
        page.reload();
        assertThat(page.locator("#arrival")).containsText("We do not know yet");
        assertThat(page.locator("#arrival")).containsText("we are sorry");
    }

    @Test
    void isGladWhenItHasArrived() {
        var order = onItsWay("en-GB");
        clock.set(DELIVERED.plusSeconds(300));
        shop.happens(order, "delivered", DELIVERED);
        for (int width : new int[] {390, 1280}) {
            var page = visit(order, options(width));
            assertThat(page.locator("h1")).hasText("Delivered");
            assertThat(page.locator("#arrival")).containsText("30 December");
            assertThat(page.locator("#arrival")).containsText("We had said 28 December – 4 January");
            assertThat(page.locator("#next")).hasCount(0);
            accessible(page);
            picture(page, "delivered-en-" + width);
        }
    }

    @Test
    void followsEachParcelByItself() {
        var order = shop.sells("standard", "en-GB", "Jane", PLACED);
        clock.set(SHIPPED.plusSeconds(90_000));
        shop.happens(order, "shipped", SHIPPED, parcel("A", "derby-42", "DHL", "JD01"));
        shop.happens(order, "shipped", SHIPPED.plusSeconds(7_200), parcel("B", "cream-01", "UPS", "1Z999"));
        shop.happens(order, "out-for-delivery", SHIPPED.plusSeconds(80_000), Map.of("parcel", "B"));
        var page = visit(order, options(1280));

        assertThat(page.locator(".parcel")).hasCount(2);
        assertThat(page.locator(".parcel").nth(1)).containsText("Beeswax cream");
        assertThat(page.locator(".parcel").nth(1)).containsText("Out for delivery");
        assertThat(page.locator(".latest")).containsText("Parcel 2 · Out for delivery");
        assertThat(page.locator("#chapter-shipped .when")).hasText("18 December, 14:30");
        accessible(page);
        picture(page, "two-parcels-en-1280");
    }

    @Test
    void isAsReadableByNight() {
        var order = onItsWay("en-GB");
        var page = visit(order, options(390).setColorScheme(ColorScheme.DARK));
        accessible(page);
        picture(page, "on-its-way-en-390-dark");
        var wide = visit(order, options(1280).setColorScheme(ColorScheme.DARK));
        accessible(wide);
        picture(wide, "on-its-way-en-1280-dark");
    }

    @Test
    void showsWhatHappensWithinASecondAndSaysItOnce() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        var page = visit(order, options(390));
        assertThat(page.locator(".live")).isVisible();
        var news = page.locator("#news");
        assertThat(news).hasText("");

        clock.set(CUT.plusSeconds(60));
        shop.happens(order, "leather-cut", CUT, Map.of("note", NOTE));
        long committed = System.nanoTime();
        assertThat(page.locator("h1")).hasText("Leather cut");
        long seen = (System.nanoTime() - committed) / 1_000_000;

        assertThat(seen)
                .as("milliseconds from the sender's answer to the customer's eyes")
                .isLessThan(1_000);
        assertThat(news).hasText("Leather cut. Our cutter chose the hides for your pair and cut them by hand.");
        assertThat(page).hasTitle("Leather cut · Bottega");
        assertThat(page.locator(".live")).isVisible();
        accessible(page);
    }

    @Test
    void showsALetterWhenItWasSent() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        var page = visit(order, options(390));
        assertThat(page.locator(".live")).isVisible();
        assertThat(page.locator("#letters")).hasCount(0);

        shop.writes(order, "italian-shoes", "OrderConfirmedEmail");

        assertThat(page.locator("#letters li")).hasCount(1);
        assertThat(page.locator("#letters time")).hasText("21 November, 11:00");
    }

    @Test
    void keepsTheCustomersPlaceWhenItChanges() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        shop.happens(order, "shipped", PLACED, Map.of("trackingUrl", "https://www.dhl.com/JD01"));
        var page = visit(order, options(390));
        assertThat(page.locator(".live")).isVisible();
        page.locator(".parcel .button").focus();

        shop.happens(order, "in-transit", PLACED);

        assertThat(page.locator(".chapters")).containsText("Travelling");
        assertThat(page.locator(".parcel .button")).isFocused();
    }

    @Test
    void catchesUpAfterTheTunnel() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        var page = visit(order, options(390));
        assertThat(page.locator(".live")).isVisible();

        page.context().setOffline(true);
        context.getBean(OpenPages.class).stop();
        assertThat(page.locator(".live")).isHidden();
        cut(order);
        context.getBean(OpenPages.class).start();
        page.context().setOffline(false);

        assertThat(page.locator("h1")).hasText("Leather cut", new HasTextOptions().setTimeout(20_000));
    }

    @Test
    void isReadableWithoutJavaScript() {
        var order = onItsWay("en-GB");
        var page = visit(order, options(390).setJavaScriptEnabled(false));

        assertThat(page.locator("h1")).hasText("Shipped");
        assertThat(page.locator(".reload")).isVisible();
        assertThat(page.locator(".live")).isHidden();
        picture(page, "on-its-way-en-390-without-javascript");
    }

    @Test
    void printsOnPaper() {
        var page = visit(onItsWay("en-GB"), options(794));
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator(".live")).isHidden();
        assertThat(page.locator(".chapters")).isVisible();
        picture(page, "on-its-way-en-print");
        assertThat(page.pdf()).startsWith("%PDF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void canBeUsedByKeyboardAlone() {
        var page = visit(onItsWay("en-GB"), options(390));
        var stops = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            page.keyboard().press("Tab");
            stops.add((String) page.evaluate("document.activeElement.textContent.trim()"));
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
        assertThat(stops).containsExactly("Bottega", "Follow it with the carrier", "care@bottega.example");
    }

    @Test
    void showsHostileWordsAsWords() {
        String script = "<script>document.title='broken'</script>\"'><img src=x onerror=document.title='broken'>";
        var order = shop.order("en-GB", script, PLACED);
        ((com.fasterxml.jackson.databind.node.ObjectNode) order.path("lines").get(0))
                .put("name", "[[${T(java.lang.Runtime)}]] __${7*7}__ \u202Esdrawkcab " + script);
        var bought = shop.takes(order);
        var page = visitAfter(bought, () -> {
            adopt(bought);
            for (String url : List.of(
                    "javascript:document.title='broken'",
                    "data:text/html,broken",
                    "https://evil.example/dhl.com",
                    "https://dhl.com.evil.example/",
                    "https://dhl.com@evil.example/",
                    "https://www.dhl.com\\@evil.example",
                    "//dhl.com/x")) {
                shop.happens(
                        bought,
                        "in-transit",
                        PLACED,
                        Map.of(
                                "parcel",
                                "P" + url.length() + script,
                                "note",
                                "\u202E" + script + "\n\r\u2028 second line",
                                "carrier",
                                script,
                                "trackingNumber",
                                "1Z\r\nSet-Cookie: x=1 ☃ " + script,
                                "trackingUrl",
                                url,
                                "photoUrl",
                                "https://evil.example/x.png"));
            }
        });

        assertThat(page).hasTitle("Order confirmed · Bottega");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.locator("main script")).hasCount(0);
        assertThat(page.locator(".parcel a")).hasCount(0);
        assertThat(page.locator(".parcel").first()).containsText("1Z Set-Cookie: x=1 ☃ <script>");
        assertThat(page.locator(".items")).containsText("[[${T(java.lang.Runtime)}]] __${7*7}__");
        assertThat(overflow(page)).isZero();
        accessible(page);
        picture(page, "hostile-en-390");
    }

    @Test
    void isSmallAndAsksNobodyElse() {
        var order = onItsWay("en-GB");
        var answers = new CopyOnWriteArrayList<Response>();
        var page = chromiumPage(options(390));
        page.onResponse(answers::add);
        page.navigate(address(order.path()));
        assertThat(page.locator(".live")).isVisible();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.url()).startsWith("http://127.0.0.1:" + port));
        int bytes = answers.stream()
                .filter(answer -> !answer.url().endsWith("/events"))
                .mapToInt(answer -> answer.body().length)
                .sum();
        assertThat(bytes).isLessThan(100_000);
        assertThat(answers.stream().map(Response::url)).anyMatch(url -> url.endsWith("page.css"));
    }

    @Test
    void opensOnlyToWhoHasTheWholeLink() {
        var order = onItsWay("en-GB");
        String token = order.path().substring("/t/".length());
        char last = token.charAt(token.length() - 1);
        var page = chromiumPage(options(390));
        String story = "";
        for (String wrong : List.of(
                "wrong",
                token.substring(1),
                token.substring(0, token.length() - 1),
                token + "A",
                // Decodes to the same bytes, but is not the text that was given.
                token.substring(0, token.length() - 1) + (char) (last == 'A' ? 'B' : last + 1),
                token.toLowerCase(java.util.Locale.ROOT) + "=",
                "%00",
                "..%2F" + token)) {
            for (String part : List.of("", "/story", "/events")) {
                var answer = page.request().get(address("/t/" + wrong + part));
                assertThat(answer.status()).as(wrong + part).isEqualTo(wrong.equals("%00") ? 400 : 404);
                if (answer.status() == 404) {
                    story = story.isEmpty() ? answer.text() : story;
                    assertThat(answer.text()).as(wrong + part).isEqualTo(story).contains("This link opens nothing");
                    assertThat(answer.headers()).containsEntry("referrer-policy", "no-referrer");
                }
            }
        }
        page.navigate(address("/t/wrong"));
        accessible(page);
        picture(page, "link-opens-nothing-en-390");
    }

    @Test
    void keepsItsAddressAndItselfPrivate() {
        var page = chromiumPage(options(390));
        var headers = page.navigate(address(onItsWay("en-GB").path())).allHeaders();

        assertThat(headers)
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("cache-control", "private, no-store, no-transform");
        assertThat(headers.get("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'self' 'nonce-")
                .contains("script-src 'self'; connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers).doesNotContainKey("set-cookie");
    }

    /** Shipped a while ago, with a note, two letters and a parcel. */
    private Bought onItsWay(String locale) {
        var order = shop.sells("italian-shoes", locale, "Bob Rossi", PLACED);
        shop.writes(order, "italian-shoes", "OrderConfirmedEmail");
        cut(order);
        clock.set(STORED.plusSeconds(600));
        shop.happens(order, "shoes-made", MADE);
        shop.happens(order, "at-warehouse", STORED);
        clock.set(SHIPPED.plusSeconds(600));
        shop.happens(
                order,
                "shipped",
                SHIPPED,
                Map.of(
                        "carrier", "DHL",
                        "trackingNumber", "JD0146000034",
                        "trackingUrl", "https://www.dhl.com/track?id=JD0146000034"));
        shop.writes(order, "italian-shoes", "ShippedEmail");
        return order;
    }

    private void cut(Bought order) {
        clock.set(Instant.parse("2026-11-24T11:00:00Z"));
        shop.happens(order, "leather-cut", CUT, Map.of("note", NOTE));
    }

    private void adopt(Bought order) {
        shop.adopts(order, "italian-shoes");
    }

    private static Map<String, ?> parcel(String name, String sku, String carrier, String number) {
        return Map.of(
                "parcel", name,
                "lines", List.of(Map.of("sku", sku)),
                "carrier", carrier,
                "trackingNumber", number,
                "trackingUrl", "https://www." + carrier.toLowerCase(java.util.Locale.ROOT) + ".com/" + number);
    }

    private static java.util.regex.Pattern words(String words) {
        return java.util.regex.Pattern.compile(words);
    }

    private static NewContextOptions options(int width) {
        return new NewContextOptions()
                .setViewportSize(width, 800)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB");
    }

    private Page visitAfter(Bought order, Runnable happened) {
        happened.run();
        return visit(order, options(390));
    }

    private Page visit(Bought order, NewContextOptions options) {
        var page = chromiumPage(options);
        page.navigate(address(order.path()));
        return page;
    }

    /** A page whose every broken script and refused source fails the test. */
    private Page chromiumPage(NewContextOptions options) {
        var visit = chromium.browser().newContext(options);
        visits.add(visit);
        var page = visit.newPage();
        page.clock().setFixedTime(Date.from(clock.instant()));
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private static int overflow(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static void accessible(Page page) {
        var found = new AxeBuilder(page).analyze().getViolations();
        assertThat(found)
                .as(() -> found.stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList()
                        .toString())
                .isEmpty();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(PICTURES.resolve("tracking-" + name + ".png"))
                .setFullPage(true));
    }
}
