package io.porchlight.tracking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a customer sees of an order that is on its way, in a real browser. */
class TrackingPageIT extends InTheBrowser {

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "it-IT", "de-DE", "ar"})
    void readsWellInEveryLanguageOnEveryScreen(String locale) {
        var order = onItsWay(locale);
        var page = visit(order, options(320));
        String language = locale.substring(0, 2);

        assertThat(page.locator("html")).hasAttribute("lang", language);
        assertThat(page.locator("html")).hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");
        assertThat(page.locator(".parcel .button")).hasAttribute("href", "https://www.dhl.com/track?id=JD0146000034");
        assertThat(page.locator(".letters li")).hasCount(2);
        assertThat(page.locator("body")).not().containsText("??");
        onEveryScreen(page, "tracking-on-its-way-" + language);
    }

    @Test
    void tellsWhereTheOrderIsInTheModelsWords() {
        var order = shop.sellsAt("atelier", "italian-shoes", PLACED);
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
        picture(page, "tracking-leather-cut-en-390");
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
        picture(page, "tracking-not-known-en-390");
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
        picture(page, "tracking-promise-moved-en-768");

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
            picture(page, "tracking-delivered-en-" + width);
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
        picture(page, "tracking-two-parcels-en-1280");
    }

    @Test
    void isAsReadableByNight() {
        var order = onItsWay("en-GB");
        var page = visit(order, options(390).setColorScheme(ColorScheme.DARK));
        accessible(page);
        picture(page, "tracking-on-its-way-en-390-dark");
        var wide = visit(order, options(1280).setColorScheme(ColorScheme.DARK));
        accessible(wide);
        picture(wide, "tracking-on-its-way-en-1280-dark");
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
        picture(page, "tracking-on-its-way-en-390-without-javascript");
    }

    @Test
    void printsOnPaper() {
        var page = visit(onItsWay("en-GB"), options(794));
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator(".live")).isHidden();
        assertThat(page.locator(".chapters")).isVisible();
        picture(page, "tracking-on-its-way-en-print");
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
        assertThat(stops).containsExactly("Bottega", "Add it to your calendar", "Follow it with the carrier");
        page.locator("#wishes summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#wishes details").first()).hasAttribute("open", "");
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
        picture(page, "tracking-hostile-en-390");
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
        var said = new HashMap<String, String>();
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
            for (String part : List.of("", "/story", "/events", "/keepsake", "/promise.ics")) {
                var answer = page.request().get(address("/t/" + wrong + part));
                assertThat(answer.status()).as(wrong + part).isEqualTo(wrong.equals("%00") ? 400 : 404);
                if (answer.status() == 404) {
                    assertThat(answer.text()).as(wrong + part).contains("This link opens nothing");
                    // Only the way to its style depends on the address, on how deep it is.
                    String depth = part.isEmpty() ? "page" : "part";
                    assertThat(said.computeIfAbsent(depth, first -> answer.text()))
                            .isEqualTo(answer.text());
                    assertThat(answer.headers()).containsEntry("referrer-policy", "no-referrer");
                }
            }
        }
        page.navigate(address("/t/wrong"));
        accessible(page);
        picture(page, "tracking-link-opens-nothing-en-390");
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
}
