package io.porchlight.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.porchlight.orders.Shop;
import io.porchlight.signals.Inbox;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Wanted;
import io.porchlight.tracking.Chromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What the team sees in a real browser: by day and by night, on a desk and on a telephone. */
@StudioRunning
@Import(Shop.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
class StudioIT {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static @Nullable Chromium chromium;

    private final Inbox inbox;
    private final SignalDesk desk;
    private final Shop shop;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final String origin;
    private final List<Runnable> leaving = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    StudioIT(Inbox inbox, SignalDesk desk, Shop shop, JdbcClient jdbc, Clock clock, @LocalServerPort int port) {
        this.inbox = inbox;
        this.desk = desk;
        this.shop = shop;
        this.jdbc = jdbc;
        this.clock = clock;
        this.origin = "http://127.0.0.1:" + port;
    }

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void anEmptyDesk() {
        for (String table : List.of("awaited", "signal", "import_line", "order_import")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @AfterEach
    void leave() {
        leaving.forEach(Runnable::run);
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    @Test
    void isCalmAndReadableEverywhere() {
        for (var look : looks()) {
            var page = visit(look.options());
            page.navigate(origin + "/studio");
            fine(page, "sign-in", look);
            signIn(page);
            fine(page, "empty", look);
            page.navigate(origin + "/studio/imports");
            fine(page, "imports-empty", look);
        }
        aBusyDay();
        for (var look : looks()) {
            var page = visit(look.options());
            page.navigate(origin + "/studio");
            signIn(page);
            fine(page, "desk", look);
            page.locator(".rows a").first().click();
            fine(page, "signal", look);
            page.navigate(origin + "/studio/signals/999999");
            fine(page, "missing", look);
        }
    }

    @Test
    void ignoresASignalInPlaceAndSaysSo() {
        receives("standard", "one", "{\"type\":\"shoes.sung\",\"data\":{}}");
        await().until(() ->
                !desk.list(new Wanted(State.PARKED, null, null, null, null), 1).isEmpty());
        var page = visit(new NewContextOptions());
        page.navigate(origin + "/studio");
        signIn(page);
        page.locator(".rows a").first().click();
        page.evaluate("window.same = true");
        page.getByLabel("Why").fill("only a test");
        page.locator("button:has-text('Ignore')").click();

        assertThat(page.locator("[role=status]")).containsText("It rests now");
        assertThat(page.locator(".reason")).hasText("Ignored by anna: only a test");
        assertThat((Boolean) page.evaluate("window.same === true"))
                .as("the page was changed in place")
                .isTrue();
    }

    @Test
    void showsHowFarAFileIsAndThenItsReport() {
        IntStream.range(0, 40).forEach(number -> shop.sells("browser-" + number));
        String table = IntStream.rangeClosed(1, 4_000)
                .mapToObj(number ->
                        "browser-" + number % 40 + ",ws-" + number + (number % 50 == 0 ? ",Cut!\n" : ",note-a\n"))
                .collect(Collectors.joining("", "orderId,id,name\n", ""));
        for (var look : looks()) {
            var page = visit(look.options());
            page.navigate(origin + "/studio/imports");
            signIn(page);
            page.navigate(origin + "/studio/imports");
            page.locator("input[type=file]")
                    .setInputFiles(new FilePayload("orders.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8)));
            page.locator("button:has-text('Hand in')").click();
            page.locator("h1:has-text('It is read')")
                    .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(120_000));
            assertThat(page.locator("tbody tr")).hasCount(80);
            fine(page, "import", look);
        }
    }

    /** Each way of looking at a page. */
    private record Look(String name, NewContextOptions options) {}

    private static List<Look> looks() {
        return List.of(
                new Look("light", new NewContextOptions().setViewportSize(1280, 800)),
                new Look(
                        "dark",
                        new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK)),
                new Look("phone", new NewContextOptions().setViewportSize(360, 740)));
    }

    private void aBusyDay() {
        for (int number = 0; number < 14; number++) {
            shop.sells("day-" + number);
            receives("standard", "s" + number, happened("day-" + number));
        }
        receives("standard", "w1", happened("1017"));
        receives("standard", "w2", happened("1018"));
        receives("standard", "p1", "{\"type\":\"shoes.sung\",\"data\":{" + "\"verse\":[" + "1,".repeat(60) + "1]}}");
        for (int number = 0; number < 6; number++) {
            receives("cloudevents", "c" + number, happened("none-" + number));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> desk.list(new Wanted(State.NEW, null, null, null, null), 1)
                        .isEmpty());
        var signals = desk.list(Wanted.ALL, 100);
        for (int index = 0; index < signals.size(); index++) {
            boolean quiet = signals.get(index).source().equals("cloudevents");
            jdbc.sql("update signal set received_at = :at where id = :id")
                    .param(
                            "at",
                            new Timestamp(clock.instant().toEpochMilli()
                                    - Duration.ofMinutes(quiet ? 600 + 30L * index : (long) index * (index % 4) * 9)
                                            .toMillis()))
                    .param("id", signals.get(index).id())
                    .update();
        }
    }

    private void receives(String source, String key, String body) {
        inbox.receive(
                source,
                "bottega",
                List.of(new Posted(key, body, "milestone.reached", null, body, Map.of("webhook-id", key))));
    }

    private static String happened(String order) {
        return """
                {"type":"milestone.reached","data":{"orderId":"%s","id":"ws-1","name":"leather-cut"}}
                """.formatted(order);
    }

    private void signIn(Page page) {
        page.getByLabel("Name").fill("anna");
        page.getByLabel("Password").fill(StudioRunning.PASSWORD);
        page.locator("button:has-text('Sign in')").click();
    }

    private Page visit(NewContextOptions options) {
        var visit = java.util.Objects.requireNonNull(chromium).browser().newContext(options);
        leaving.add(visit::close);
        var page = visit.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private static void fine(Page page, String name, Look look) {
        page.screenshot(new ScreenshotOptions()
                .setPath(PICTURES.resolve("studio-" + name + "-" + look.name() + ".png"))
                .setFullPage(true));
        Chromium.accessible(page, name + " " + look.name());
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels to scroll sideways on " + name + " " + look.name())
                .isZero();
    }
}
