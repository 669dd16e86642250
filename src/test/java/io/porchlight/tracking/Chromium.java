package io.porchlight.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Chromium that is installed on this machine; tests fail without it, because the page is for real browsers. */
public final class Chromium implements AutoCloseable {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private final Playwright playwright;
    private final Browser browser;

    public Chromium() {
        var place = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "The customer's page is tested in a real browser, and this machine has none. On Debian install it"
                                + " by: apt-get update && apt-get install -y chromium"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(place)
                        // Without "disable-gpu" it plays a graphics card by software, which is slower than to draw.
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-gpu")));
    }

    public Browser browser() {
        return browser;
    }

    /** Everybody can use this page, as far as axe can tell. */
    public static void accessible(Page page, String what) {
        // The "legacy" mode looks once, in the page itself; for the sake of frames axe would look again in a second
        // one.
        var found = new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
        assertThat(found)
                .as(() -> what + ": "
                        + found.stream()
                                .map(rule -> rule.getId() + ": " + rule.getNodes())
                                .toList())
                .isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
