package io.porchlight.privacy;

import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static io.porchlight.ledger.Notification.State.PLANNED;
import static io.porchlight.ledger.Notification.State.SENT;
import static io.porchlight.ledger.Notification.State.SKIPPED;
import static io.porchlight.privacy.Correspondence.await;
import static io.porchlight.privacy.Correspondence.someone;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A customer chooses what to hear, without JavaScript, in their own language. */
@WithPost
class PreferencePageTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Correspondence post;
    private final PageWords words;

    PreferencePageTest(Correspondence post, PageWords words) {
        this.post = post;
        this.words = words;
    }

    @Test
    void showsWhatHoldsNow() {
        var page = page(post.preferences(post.sells(someone())));

        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        assertThat(page.select("h1").text()).isEqualTo("What would you like to hear from Bottega?");
        assertThat(page.select("input[name=topic][checked]").eachAttr("value"))
                .containsExactly("ORDER_UPDATES", "CARE_TIPS", "OFFERS");
        assertThat(page.select("input[name=pace][checked]").attr("value")).isEqualTo("EVERY_STEP");
        assertThat(page.select("input[name=channel][checked]").attr("value")).isEqualTo("EMAIL");
        assertThat(page.select("input[name=pause][checked]").attr("value")).isEqualTo("none");
        assertThat(page.select("[role=status]")).isEmpty();
    }

    @Test
    void everyFieldHasALabelAndEveryGroupAName() {
        var page = page(post.preferences(post.sells(someone())));

        assertThat(page.select("input"))
                .isNotEmpty()
                .allSatisfy(input -> assertThat(
                                Objects.requireNonNull(input.closest("label")).text())
                        .isNotBlank());
        assertThat(page.select("fieldset"))
                .hasSize(4)
                .allSatisfy(group -> assertThat(group.select("> legend").text()).isNotBlank());
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("main")).hasSize(1);
        assertThat(page.title()).isNotBlank();
    }

    @Test
    void saysWhatItDid() {
        var path = post.preferences(post.sells(someone()));

        var said = save(path, "topic=ORDER_UPDATES&topic=CARE_TIPS&pace=BIG_NEWS&channel=EMAIL&pause=begin");

        assertThat(said.select("[role=status] li").eachText())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Order updates: Only big news"),
                        line -> assertThat(line).isEqualTo("Care tips"),
                        line -> assertThat(line).isEqualTo("Email"),
                        line -> assertThat(line).startsWith("Paused until "));
        var again = page(path);
        assertThat(again.select("input[name=topic][checked]").eachAttr("value"))
                .containsExactly("ORDER_UPDATES", "CARE_TIPS");
        assertThat(again.select("input[name=pause][checked]").attr("value")).isEqualTo("keep");
    }

    @Test
    void speaksItalian() {
        var path = post.preferences(post.sells(someone(), "it", true));

        var said = save(path, "pace=PROBLEMS&channel=BOTH&pause=none");

        assertThat(said.select("html").attr("lang")).isEqualTo("it");
        assertThat(said.select("[role=status] li").eachText())
                .containsExactly("Solo ciò che devi sapere", "niente consigli, niente offerte", "Entrambi");
    }

    @Test
    void changesNothingWhenItCannotReadTheChoice() {
        var path = post.preferences(post.sells(someone()));

        for (var body : List.of(
                "",
                "topic=ORDER_UPDATES",
                "pace=EVERY_STEP&pause=none",
                "pace=X&channel=EMAIL&pause=none",
                "topic=X&pace=EVERY_STEP&channel=EMAIL&pause=none")) {
            var answer = post.post(path, FORM, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(Jsoup.parse(answer.body()).select("[role=alert]"))
                    .as(body)
                    .hasSize(1);
        }
        assertThat(page(path).select("input[name=topic][checked]")).hasSize(3);
    }

    @Test
    void whoWantsBigNewsIsNotToldEachStep() {
        var key = post.sells(someone());
        save(post.preferences(key), "topic=ORDER_UPDATES&pace=BIG_NEWS&channel=EMAIL&pause=none");

        post.plans(key, "Confirmed", TRANSACTIONAL);
        post.plans(key, "LeatherCut", TRANSACTIONAL, "leather-cut", 1);
        post.plans(key, "Shipped", TRANSACTIONAL, "shipped", 2);

        assertThat(post.settled(key, "LeatherCut").state()).isEqualTo(SKIPPED);
        assertThat(post.notification(key, "LeatherCut").reason())
                .isEqualTo("not wanted: the customer asked to hear of big news only, and this was none");
        assertThat(post.settled(key, "Confirmed").state()).isEqualTo(SENT);
        assertThat(post.settled(key, "Shipped").state()).isEqualTo(SENT);
    }

    @Test
    void newsWaitsForTheEndOfAPauseAndThePauseCanBeEnded() {
        var key = post.sells(someone());
        save(post.preferences(key), "topic=ORDER_UPDATES&pace=EVERY_STEP&channel=EMAIL&pause=begin");

        post.plans(key, "Shipped", TRANSACTIONAL, "shipped", 2);

        await("it waits", () -> post.notification(key, "Shipped").reason() != null);
        assertThat(post.notification(key, "Shipped").state()).isEqualTo(PLANNED);
        assertThat(post.notification(key, "Shipped").reason()).startsWith("the customer asked us to be quiet until ");

        save(post.preferences(key), "topic=ORDER_UPDATES&pace=EVERY_STEP&channel=EMAIL&pause=none");

        assertThat(post.settled(key, "Shipped").state()).isEqualTo(SENT);
    }

    @Test
    void whoUnsubscribedCanComeBackByThemselves() {
        var key = post.sells(someone());
        post.post(post.unsubscribe(key), FORM, "List-Unsubscribe=One-Click");
        assertThat(page(post.preferences(key))
                        .select("input[name=topic][checked]")
                        .eachAttr("value"))
                .containsExactly("ORDER_UPDATES");

        save(post.preferences(key), "topic=OFFERS&pace=EVERY_STEP&channel=EMAIL&pause=none");
        post.plans(key, "Offer", MARKETING);

        assertThat(post.settled(key, "Offer").state()).isEqualTo(SENT);
    }

    @Test
    void everyWordIsTranslated() {
        assertThat(words.words(Locale.ITALIAN).keySet())
                .isEqualTo(words.words(Locale.ENGLISH).keySet());
        assertThat(words.words(Locale.ITALIAN).values()).noneMatch(word -> word.contains("'"));
        assertThat(words.words(Locale.ENGLISH).values()).noneMatch(word -> word.contains("'"));
    }

    private Document page(String path) {
        var answer = post.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private Document save(String path, String form) {
        var answer = post.post(path, FORM, form);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }
}
