package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** In a real browser, the API's page is read, takes a key, and posts its own example. */
@WithSubscriber
@TestPropertySource(
        properties =
                "spring.datasource.url=jdbc:h2:mem:docspage;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
class ApiDocsPageIT {

    private final String address;

    ApiDocsPageIT(Environment environment) {
        this.address = "http://127.0.0.1:" + environment.getProperty("local.server.port");
    }

    @Test
    void postsItsExampleWithTheKeyThatWasEntered() {
        var complaints = new ArrayList<String>();
        var called = new ArrayList<String>();
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of("--no-sandbox", "--disable-background-networking")))) {
            var page = browser.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onRequest(request -> called.add(request.url()));
            page.navigate(address + "/api/docs");

            page.locator("button.authorize").first().click();
            page.locator(".auth-container input").fill("key-of-bottega");
            page.locator(".auth-btn-wrapper button.authorize").click();
            page.locator(".auth-btn-wrapper button.btn-done").click();
            var operation = page.locator("#operations-Orders-placeOrder");
            operation.locator(".opblock-summary-control").click();
            button(operation, "Execute").click();

            assertThat(operation
                            .locator(".live-responses-table td.response-col_status:not(.col_header)")
                            .textContent())
                    .contains("20");
            assertThat(operation.locator(".live-responses-table").textContent()).contains("bottega:1001");
        }
        assertThat(complaints).isEmpty();
        assertThat(called)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url)
                        .satisfiesAnyOf(
                                own -> assertThat(own).startsWith(address),
                                inline -> assertThat(inline).startsWith("data:")));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }
}
