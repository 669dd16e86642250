package io.porchlight.tracking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.porchlight.orders.Links;
import io.porchlight.tracking.Shop.Bought;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a customer can ask for, in a real browser: on the page, and on the pages around it. */
class WishesIT extends InTheBrowser {

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "it-IT", "de-DE", "ar"})
    void offersEverythingInEveryLanguage(String locale) {
        var order = shop.sells("italian-shoes", locale, "Bob Rossi", PLACED);
        cut(order);
        var links = context.getBean(Links.class);
        links.share(order.key());
        String language = locale.substring(0, 2);
        var page = visit(order, options(320));

        for (var summary : page.locator("#wishes summary").all()) {
            summary.click();
        }
        assertThat(page.locator("#wishes details[open]")).hasCount(4);
        assertThat(page.locator("body")).not().containsText("??");
        onEveryScreen(page, "wishes-" + language);

        page.navigate(address(links.preferences(order.key()).getPath()));
        assertThat(page.locator("html")).hasAttribute("lang", language);
        onEveryScreen(page, "preferences-" + language);
        page.navigate(address(links.unsubscribe(order.key()).getPath()));
        assertThat(page.locator("html")).hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");
        onEveryScreen(page, "unsubscribe-" + language);
        page.navigate(address(links.share(order.key()).getPath()));
        assertThat(page.locator("body")).not().containsText("??");
        onEveryScreen(page, "shared-" + language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "it-IT", "de-DE", "ar"})
    void isAKeepsakeInEveryLanguage(String locale) {
        var order = delivered(locale);
        var page = withPhotos(chromiumPage(options(320)));
        page.navigate(address(order.path() + "/keepsake"));

        assertThat(page.locator(".way > li")).hasCount(6);
        assertThat(page.locator(".way")).containsText(NOTE);
        assertThat(page.locator(".way img")).hasCount(1);
        assertThat(page.locator("body")).not().containsText("??");
        onEveryScreen(page, "keepsake-" + locale.substring(0, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "it-IT", "de-DE", "ar"})
    void sendsALostLinkInEveryLanguage(String locale) {
        var page = chromiumPage(options(320).setLocale(locale));
        page.navigate(address("/lost?brand=bottega"));
        String language = locale.substring(0, 2);

        assertThat(page.locator("html")).hasAttribute("lang", language);
        onEveryScreen(page, "lost-" + language);
        page.locator("#order").fill("no-such-order-" + language);
        page.locator("#email").fill("bob@example.com");
        page.locator("button").click();
        assertThat(page.locator("[role=status]")).isVisible();
        assertThat(page.locator("body")).not().containsText("??");
        accessible(page);
        picture(page, "lost-asked-" + language + "-1280");
    }

    @Test
    void asksForEverythingWithoutJavaScript() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        cut(order);
        var page = visit(order, options(390).setJavaScriptEnabled(false));

        page.locator("#wishes summary").nth(0).click();
        page.locator("#porch").fill("Behind the bench,\nplease: the dog is friendly.");
        page.locator("form[action$=note] button").click();
        assertThat(page.locator(".said")).hasText("We have your note, and the shop can read it.");
        assertThat(page.locator("#porch")).hasValue("Behind the bench,\nplease: the dog is friendly.");
        picture(page, "wishes-note-left-en-390");

        page.locator("#wishes summary").nth(1).click();
        page.locator("form[action$=gift] button").click();
        assertThat(page.locator(".said")).containsText("It is a secret now");
        assertThat(page.locator("h1")).hasText("Step 2");
        assertThat(page.locator(".items")).containsText("A gift");
        assertThat(page.locator("main")).not().containsText("Derby");
        assertThat(page.locator("main")).not().containsText("Leather");

        page.locator("#wishes summary").nth(2).click();
        page.locator("input[value=BIG_NEWS]").check();
        page.locator("form[action$=pace] button").click();
        assertThat(page.locator(".said")).containsText("Saved");
        assertThat(page.locator("input[value=BIG_NEWS]")).isChecked();

        page.locator("#wishes summary").nth(3).click();
        page.locator("form[action$=share] button").click();
        assertThat(page.locator("a.address")).containsText("https://shoes.example/s/");
        page.locator("form[action$=share] button").click();
        assertThat(page.locator("a.address")).hasCount(0);
    }

    @Test
    void keepsAGiftASecretAndLooksWell() {
        var order = onItsWay("en-GB");
        context.getBean(Wishing.class).gift(order.key(), true);
        var page = visit(order, options(390));

        assertThat(page.locator("h1")).hasText("Shipped");
        assertThat(page.locator("html")).not().containsText("Derby");
        assertThat(page.locator(".letters .subject").first()).hasText("A letter");
        accessible(page);
        picture(page, "gift-en-390");
    }

    @Test
    void tellsAboutWhenTheNextStepsWillHappen() {
        for (int i = 0; i < 5; i++) {
            clock.set(DELIVERED.plusSeconds(600));
            var earlier = shop.sellsAt("atelier", "standard", PLACED);
            shop.happens(earlier, "shipped", PLACED.plusSeconds(86_400L * (i + 2)));
        }
        clock.set(PLACED.plusSeconds(3_600));
        var page = visit(shop.sellsAt("atelier", "standard", PLACED), options(390));

        assertThat(page.locator("#chapter-shipped .when")).hasText("About 25 November");
        assertThat(page.locator("#next"))
                .containsText("Around 25 November, going by how long it took for earlier orders");
        assertThat(page.locator("#chapter-delivered .when")).hasText("Expected 28 December – 4 January");
        accessible(page);
        picture(page, "about-when-en-390");
    }

    @Test
    void isAsReadableByNight() {
        var order = delivered("en-GB");
        context.getBean(Links.class).share(order.key());
        var links = context.getBean(Links.class);
        var page = withPhotos(chromiumPage(options(390).setColorScheme(ColorScheme.DARK)));
        for (var seen : Map.of(
                        "page", order.path(),
                        "keepsake", order.path() + "/keepsake",
                        "shared", links.share(order.key()).getPath(),
                        "preferences", links.preferences(order.key()).getPath(),
                        "unsubscribe", links.unsubscribe(order.key()).getPath(),
                        "lost", "/lost?brand=bottega&did=blank")
                .entrySet()) {
            page.navigate(address(seen.getValue()));
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
            accessible(page);
            picture(page, seen.getKey() + "-en-390-dark");
        }
    }

    @Test
    void printsTheKeepsakeOnPaper() {
        var page = withPhotos(chromiumPage(options(794)));
        page.navigate(address(delivered("en-GB").path() + "/keepsake"));
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator(".back")).isHidden();
        picture(page, "keepsake-en-print");
        assertThat(page.pdf()).startsWith("%PDF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void showsAHostileNoteAsWords() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob Rossi", PLACED);
        var page = visit(order, options(390));
        String script =
                "</textarea><script>document.title='broken'</script>[[${T(java.lang.Runtime)}]] \u202E__${7*7}__";

        page.locator("#wishes summary").nth(0).click();
        page.locator("#porch").fill(script);
        page.locator("form[action$=note] button").click();

        assertThat(page.locator("#porch")).hasValue(script);
        assertThat(page).hasTitle("Order confirmed · Bottega");
        assertThat(overflow(page)).isZero();
    }

    private Bought delivered(String locale) {
        var order = shop.sells("italian-shoes", locale, "Bob Rossi", PLACED);
        clock.set(Instant.parse("2026-11-24T11:00:00Z"));
        shop.happens(order, "leather-cut", CUT, Map.of("note", NOTE));
        clock.set(DELIVERED.plusSeconds(600));
        shop.happens(order, "shoes-made", MADE, Map.of("photoUrl", "https://photos.example/bench.png"));
        shop.happens(order, "at-warehouse", STORED);
        shop.happens(order, "shipped", SHIPPED);
        shop.happens(order, "out-for-delivery", DELIVERED.minusSeconds(7_200));
        shop.happens(order, "delivered", DELIVERED);
        return order;
    }

    /** The workshop's pictures, as far as a test needs them. */
    private static Page withPhotos(Page page) {
        var picture = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
        var canvas = picture.createGraphics();
        canvas.setPaint(new GradientPaint(0, 0, new Color(0x7A2E26), 640, 400, new Color(0xDCD2C6)));
        canvas.fillRect(0, 0, 640, 400);
        canvas.dispose();
        try (var png = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", png);
            page.route(
                    "https://photos.example/**",
                    route -> route.fulfill(
                            new FulfillOptions().setContentType("image/png").setBodyBytes(png.toByteArray())));
            return page;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
