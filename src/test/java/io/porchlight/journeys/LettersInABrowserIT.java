package io.porchlight.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import io.porchlight.journeys.LettersOfJourneysTest.Case;
import io.porchlight.notifications.LetterTrial;
import io.porchlight.tracking.Chromium;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every letter as a reader sees it, on a telephone and on a desk; pictures of them are left in {@code target/letters}. */
@TestInstance(Lifecycle.PER_CLASS)
class LettersInABrowserIT {

    private static final int PHONE = 360;
    private static final int DESK = 1024;

    private final LetterTrial trial = new LetterTrial();
    private Chromium chromium;

    @BeforeAll
    void open() {
        chromium = new Chromium();
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    static Stream<Case> letters() throws Exception {
        return LettersOfJourneysTest.letters();
    }

    @ParameterizedTest
    @MethodSource("letters")
    void canBeReadByEverybody(Case letter) {
        var html = html(letter);
        for (int width : List.of(PHONE, DESK)) {
            try (var context = chromium.browser().newContext(new NewContextOptions().setViewportSize(width, 900))) {
                var page = context.newPage();
                page.setContent(html);
                picture(page, letter, width);

                if (width == PHONE) { // what axe looks at does not depend on the width, and it takes its time
                    Chromium.accessible(page, letter.toString());
                }
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("nobody scrolls sideways to read %s", letter)
                        .isEqualTo(width);
                assertThat((List<?>) page.evaluate(SMALL))
                        .as("text under 14 pixels")
                        .isEmpty();
                assertThat((List<?>) page.evaluate(NARROW))
                        .as("links that a thumb misses")
                        .isEmpty();
                assertThat(page.locator("h1").count()).isEqualTo(1);
                assertThat(page.locator("table:not([role=presentation])").count())
                        .isZero();
            }
        }
    }

    /** Text that is seen; what is hidden, such as words for screen readers, may be of any size. */
    private static final String SMALL = """
            () => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
              for (let text; text = walk.nextNode();) {
                const box = text.parentElement.getBoundingClientRect();
                if (text.data.trim() && box.width > 1 && parseFloat(getComputedStyle(text.parentElement).fontSize) < 14)
                  small.push(text.data.trim());
              }
              return small; }
            """;

    private static final String NARROW = """
            () => [...document.querySelectorAll('a[href]')].filter(a => a.getBoundingClientRect().height < 44)
                .map(a => a.textContent.trim())
            """;

    private String html(Case letter) {
        var details = JsonNodeFactory.instance
                .objectNode()
                .put("note", "The oxblood came out deep and even")
                .put("carrier", "DHL")
                .put("trackingNumber", "JD0146")
                .put("trackingUrl", "https://www.dhl.com/track?id=JD0146");
        return trial.write(
                        letter.brand(),
                        letter.model(),
                        letter.step(),
                        LettersOfJourneysTest.full(letter.language(), 3),
                        details)
                .html();
    }

    private static void picture(Page page, Case letter, int width) {
        page.screenshot(new ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/letters", letter.toString().replace(' ', '-') + "-" + width + ".png")));
    }
}
