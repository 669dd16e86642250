package io.porchlight.privacy;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.privacy.Correspondence.address;
import static io.porchlight.privacy.Correspondence.someone;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.orders.JourneyKey;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Marketing stops with one click, as a mail client does it (RFC 8058), and by hand. */
@WithPost
class UnsubscribeTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    private final Correspondence post;

    UnsubscribeTest(Correspondence post) {
        this.post = post;
    }

    @Test
    void aMailClientStopsMarketingWithOneClick() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        post.plans(key, "Offer", MARKETING);
        assertThat(post.settled(key, "Offer").state()).isEqualTo(SENT);
        var letter = MailServer.letters(address(bob)).getFirst();

        assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly(ONE_CLICK);
        assertThat(letter.getHeader("List-Unsubscribe"))
                .singleElement()
                .asString()
                .matches("<https://[^<> ]+>");
        var path = letter.getHeader("List-Unsubscribe")[0].replaceAll("<https://shoes.example|>", "");
        var answer = post.post(path, FORM, ONE_CLICK);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("Set-Cookie", "Location");
        post.plans(key, "SecondOffer", MARKETING);
        assertThat(post.settled(key, "SecondOffer").state()).isEqualTo(SKIPPED);
        assertThat(post.notification(key, "SecondOffer").reason())
                .startsWith("no consent: the customer unsubscribed on ");
        post.plans(key, "Confirmed", TRANSACTIONAL);
        assertThat(post.settled(key, "Confirmed").state()).isEqualTo(SENT);
    }

    @Test
    void anyBodyWillDoAndAnyNumberOfTimes() {
        var boundary = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        for (var body : List.of(
                new String[] {FORM, ONE_CLICK},
                new String[] {"multipart/form-data; boundary=x", boundary},
                new String[] {"multipart/form-data", "broken"},
                new String[] {"text/plain", "?"},
                new String[] {"application/json", "{"},
                new String[] {FORM, "%%%=&"})) {
            var key = post.sells(someone());
            var path = post.unsubscribe(key);
            for (int time = 1; time <= 3; time++) {
                assertThat(post.post(path, body[0], body[1]).statusCode())
                        .as(body[0] + " " + body[1])
                        .isEqualTo(200);
            }
            assertThat(allowed(key)).as(body[0] + " " + body[1]).isFalse();
        }
        var key = post.sells(someone());
        assertThat(post.send(post.request(post.unsubscribe(key)).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(allowed(key)).isFalse();
    }

    @Test
    void aForeignPageCanPostAsMailClientsDo() {
        var key = post.sells(someone());
        var request = post.request(post.unsubscribe(key))
                .header("Origin", "https://mail.example")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", "JSESSIONID=x")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(ONE_CLICK));

        assertThat(post.send(request).statusCode()).isEqualTo(200);
        assertThat(allowed(key)).isFalse();
    }

    @Test
    void aScannerThatFollowsTheLinkChangesNothing() {
        var key = post.sells(someone());

        var page = post.get(post.unsubscribe(key));
        var head = post.send(post.request(post.unsubscribe(key)).method("HEAD", BodyPublishers.noBody()));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(page.body()).select("form[method=post] button")).hasSize(1);
        assertThat(allowed(key)).isTrue();
    }

    @Test
    void thePageIsWrittenInTheCustomersLanguage() {
        var key = post.sells(someone(), "it-IT", true);

        var page = Jsoup.parse(post.get(post.unsubscribe(key)).body());
        var done = Jsoup.parse(post.post(post.unsubscribe(key), FORM, ONE_CLICK).body());

        assertThat(page.select("html").attr("lang")).isEqualTo("it");
        assertThat(page.select("h1").text()).isEqualTo("Niente più consigli e offerte?");
        assertThat(done.select("[role=status] h1").text()).isEqualTo("La tua iscrizione è annullata.");
    }

    @Test
    void nobodyKeepsOrFramesThePageAndNothingForeignRunsInIt() {
        var key = post.sells(someone());
        for (var answer :
                List.of(post.get(post.unsubscribe(key)), post.get(post.preferences(key)), post.get("/u/wrong"))) {
            var headers = answer.headers();
            assertThat(headers.firstValue("Cache-Control")).contains("private, no-store");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(Jsoup.parse(answer.body()).select("script, [style], [src], link"))
                    .isEmpty();
        }
    }

    @Test
    void aLinkOpensWhatItIsForAndNothingElse() {
        var key = post.sells(someone());
        String tracking = token(post.tracking(key));
        String unsubscribe = token(post.unsubscribe(key));
        String preferences = token(post.preferences(key));

        for (var wrong : List.of(
                "/u/" + tracking,
                "/u/" + preferences,
                "/p/" + tracking,
                "/p/" + unsubscribe,
                "/u/" + unsubscribe.substring(1),
                "/u/" + unsubscribe + "=",
                "/p/" + preferences + "A",
                "/u/x",
                "/p/" + "A".repeat(22))) {
            assertThat(post.get(wrong).statusCode()).as(wrong).isEqualTo(404);
            assertThat(post.post(wrong, FORM, ONE_CLICK).statusCode()).as(wrong).isEqualTo(404);
        }
        assertThat(allowed(key)).isTrue();
    }

    @Test
    void theLinkIsSeenInHtmlAndInText() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        post.plans(key, "Offer", MARKETING);
        post.settled(key, "Offer");

        var letter = MailServer.letters(address(bob)).getFirst();

        String link = "https://shoes.example" + post.unsubscribe(key);
        assertThat(part(letter, 0)).contains("Unsubscribe:", link, "https://shoes.example" + post.preferences(key));
        assertThat(Jsoup.parse(part(letter, 1)).select("a[href=" + link + "]").text())
                .isEqualTo("Unsubscribe");
        assertThat(part(letter, 1)).contains("agreed to hear from Bottega").doesNotContain("and nothing else");
    }

    @Test
    void newsAboutAnOrderIsNoMarketing() throws Exception {
        var bob = someone();
        var key = post.sells(bob);
        post.plans(key, "Confirmed", TRANSACTIONAL);
        post.settled(key, "Confirmed");

        var letter = MailServer.letters(address(bob)).getFirst();

        assertThat(letter.getHeader("List-Unsubscribe")).isNull();
        assertThat(part(letter, 0))
                .contains("nothing else", "Choose what you hear from us")
                .doesNotContain("/u/");
        assertThat(part(letter, 1)).doesNotContain("/u/");
    }

    @Test
    void holdsForLaterOrdersWhateverTheShopSays() {
        var bob = someone();
        post.post(post.unsubscribe(post.sells(bob)), FORM, ONE_CLICK);

        assertThat(allowed(post.sells(bob))).isFalse();
    }

    @Test
    void whoNeverAgreedGetsNoMarketing() {
        var key = post.sells(someone(), "en-US", false);
        post.plans(key, "Offer", MARKETING);

        assertThat(post.settled(key, "Offer").reason()).isEqualTo("no consent: the customer has not agreed to offers");
    }

    private boolean allowed(JourneyKey key) {
        post.plans(key, "Question", MARKETING);
        return post.settled(key, "Question").state() == SENT;
    }

    private static String token(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String part(MimeMessage letter, int number) throws Exception {
        return (String)
                ((MimeMultipart) letter.getContent()).getBodyPart(number).getContent();
    }
}
