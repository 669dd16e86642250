package io.porchlight.tracking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ReducedMotion;
import io.porchlight.tracking.Shop.Bought;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Customers with a real browser; one browser and one application for all of them. */
@WithCustomers
abstract class InTheBrowser {

    static final Instant PLACED = WithCustomers.Time.PLACED;
    static final Instant CUT = Instant.parse("2026-11-24T08:10:00Z");
    static final Instant MADE = Instant.parse("2026-12-09T15:40:00Z");
    static final Instant STORED = Instant.parse("2026-12-16T09:05:00Z");
    static final Instant SHIPPED = Instant.parse("2026-12-18T13:30:00Z");
    static final Instant DELIVERED = Instant.parse("2026-12-30T09:48:00Z");
    static final String NOTE = "A lovely hide from Santa Croce, cut this morning. — Lucia";

    private static final Path PICTURES = Path.of("target/screenshots");

    /** Ends with the JVM, like the application. */
    private static final Chromium CHROMIUM = new Chromium();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(CHROMIUM::close));
    }

    @Autowired
    ApplicationContext context;

    @Autowired
    StoryClock clock;

    @LocalServerPort
    int port;

    Shop shop;
    private final List<BrowserContext> visits = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

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

    /** Shipped a while ago, with a note, two letters and a parcel. */
    Bought onItsWay(String locale) {
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

    void cut(Bought order) {
        clock.set(Instant.parse("2026-11-24T11:00:00Z"));
        shop.happens(order, "leather-cut", CUT, Map.of("note", NOTE));
    }

    void adopt(Bought order) {
        shop.adopts(order, "italian-shoes");
    }

    static Map<String, ?> parcel(String name, String sku, String carrier, String number) {
        return Map.of(
                "parcel", name,
                "lines", List.of(Map.of("sku", sku)),
                "carrier", carrier,
                "trackingNumber", number,
                "trackingUrl", "https://www." + carrier.toLowerCase(java.util.Locale.ROOT) + ".com/" + number);
    }

    static java.util.regex.Pattern words(String words) {
        return java.util.regex.Pattern.compile(words);
    }

    static NewContextOptions options(int width) {
        return new NewContextOptions()
                .setViewportSize(width, 800)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB");
    }

    Page visitAfter(Bought order, Runnable happened) {
        happened.run();
        return visit(order, options(390));
    }

    Page visit(Bought order, NewContextOptions options) {
        var page = chromiumPage(options);
        page.navigate(address(order.path()));
        return page;
    }

    /** A page whose every broken script and refused source fails the test. */
    Page chromiumPage(NewContextOptions options) {
        var visit = CHROMIUM.browser().newContext(options);
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

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** It fits, and everybody can use it: on a phone, a tablet and a desk. */
    static void onEveryScreen(Page page, String name) {
        for (int width : new int[] {320, 768, 1280}) {
            page.setViewportSize(width, 800);
            assertThat(overflow(page))
                    .as("pixels to scroll sideways at %s", width)
                    .isZero();
            accessible(page);
            picture(page, name + "-" + width);
        }
    }

    static int overflow(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    static void accessible(Page page) {
        Chromium.accessible(page, page.url());
    }

    static void picture(Page page, String name) {
        page.screenshot(
                new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }
}
