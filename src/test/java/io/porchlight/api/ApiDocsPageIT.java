package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.porchlight.tracking.Chromium;
import java.util.ArrayList;
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
        try (var chromium = new Chromium()) {
            var page = chromium.browser().newPage();
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
