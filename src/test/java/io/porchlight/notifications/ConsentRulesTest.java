package io.porchlight.notifications;

import static io.porchlight.notifications.Situation.NOW;
import static io.porchlight.notifications.Situation.marketing;
import static io.porchlight.notifications.Situation.news;
import static io.porchlight.notifications.Situation.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.consent.Suppression.Reason;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that ask what the customer wants, each by itself. */
class ConsentRulesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private final ConsentSettings settings = new ConsentSettings(1, 3, 12, Duration.ofSeconds(5));

    @Test
    void marketingGoesToWhomAgreedOnly() {
        var agreed = new Agreed();
        var updatesOnly = plain(Set.of(Topic.ORDER_UPDATES), Pace.EVERY_STEP);

        assertThat(agreed.objection(marketing("shoes/new-colours").facts())).isEmpty();
        assertThat(agreed.objection(
                        marketing("shoes/new-colours").wanting(updatesOnly).facts()))
                .contains(new Skip("no consent: the customer has not agreed to offers"));
        assertThat(agreed.objection(news("shipped").wanting(updatesOnly).facts()))
                .isEmpty();
    }

    @Test
    void careTipsAreAskedForByThemselves() {
        var agreed = new Agreed();
        var tipsOnly = plain(EnumSet.of(Topic.CARE_TIPS), Pace.EVERY_STEP);

        assertThat(agreed.objection(
                        marketing("shoes/care-for-leather").wanting(tipsOnly).facts()))
                .isEmpty();
        assertThat(agreed.objection(marketing("care/offer").wanting(tipsOnly).facts()))
                .contains(new Skip("no consent: the customer has not agreed to offers"));
    }

    @Test
    void anAddressThatSendsEverythingBackGetsNothing() {
        assertThat(new Agreed().objection(news(null).suppressed(Reason.BOUNCED).facts()))
                .contains(new Skip("suppressed: mail to this address has come back since 3 November 2026, so we do not"
                        + " write to it any more"));
    }

    @Test
    void whoUnsubscribedOrComplainedGetsNewsAndNoMarketing() {
        var agreed = new Agreed();

        assertThat(agreed.objection(
                        marketing("x/y").suppressed(Reason.UNSUBSCRIBED).facts()))
                .contains(new Skip("no consent: the customer unsubscribed on 3 November 2026, and we have sent no care"
                        + " tips or offers since"));
        assertThat(agreed.objection(
                        marketing("x/y").suppressed(Reason.COMPLAINED).facts()))
                .contains(new Skip("no consent: the customer marked a letter as spam on 3 November 2026, and we have"
                        + " sent no care tips or offers since"));
        assertThat(agreed.objection(
                        news("shipped").suppressed(Reason.UNSUBSCRIBED).facts()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ", PROBLEM",
        "leather-cut, STEP",
        "in-transit, STEP",
        "out-for-delivery, STEP",
        "unheard-of, STEP",
        "shipped, BIG",
        "delivered, BIG",
        "ready-for-pickup, BIG",
        "worn, BIG",
        "leather-flawed, PROBLEM",
        "delayed, PROBLEM",
        "attempt-failed, PROBLEM"
    })
    void newsWeighsAsMuchAsItMatters(String milestone, News weight) {
        assertThat(News.of(news(milestone).facts())).isEqualTo(weight);
    }

    @ParameterizedTest
    @CsvSource({
        "EVERY_STEP, leather-cut, true",
        "BIG_NEWS, leather-cut, false",
        "BIG_NEWS, shipped, true",
        "PROBLEMS, shipped, false",
        "PROBLEMS, delayed, true",
        "PROBLEMS, , true"
    })
    void theCustomerSetsThePace(Pace pace, String milestone, boolean goesOut) {
        var wanted = plain(EnumSet.allOf(Topic.class), pace);

        assertThat(new WishedPace()
                        .objection(news(milestone).wanting(wanted).facts())
                        .isEmpty())
                .isEqualTo(goesOut);
    }

    @Test
    void whoWantsNoOrderUpdatesStillHearsOfProblems() {
        var nothing = plain(Set.of(), Pace.EVERY_STEP);
        var pace = new WishedPace();

        assertThat(pace.objection(news("shipped").wanting(nothing).facts()))
                .contains(new Skip("not wanted: the customer asked to hear of problems only, and this was none"));
        assertThat(pace.objection(news("delayed").wanting(nothing).facts())).isEmpty();
        assertThat(pace.objection(marketing("x/y").wanting(nothing).facts())).isEmpty();
    }

    @Test
    void newsWaitsForTheEndOfAPauseAndOffersDoNot() {
        var paused = new Paused();
        var until = NOW.plus(DAY);

        assertThat(paused.objection(news("shipped").pausedUntil(until).facts()))
                .contains(new Later(until, "the customer asked us to be quiet until 24 November 2026, 08:00", true));
        assertThat(paused.objection(news("delayed").pausedUntil(until).facts())).isEmpty();
        assertThat(paused.objection(marketing("x/y").pausedUntil(until).facts()))
                .contains(new Skip("paused: the customer asked us to be quiet until 24 November 2026, 08:00"));
        assertThat(paused.objection(news("shipped").pausedUntil(NOW).facts())).isEmpty();
    }

    @Test
    void oneOfferADayIsEnough() {
        var frequency = new Frequency(settings);
        var anHourAgo = NOW.minus(Duration.ofHours(1));

        assertThat(frequency.objection(marketing("x/y").heard(5).facts())).isEmpty();
        assertThat(frequency.objection(marketing("x/y").heard(5, anHourAgo).facts()))
                .contains(
                        new Later(anHourAgo.plus(DAY), "the customer has had as much from us as one may get in a day"));
        assertThat(frequency.objection(marketing("x/y").heard(5, NOW.minus(DAY)).facts()))
                .isEmpty();
        assertThat(frequency.objection(news("shipped").heard(5, anHourAgo).facts()))
                .isEmpty();
    }

    @Test
    void threeOffersAWeekAreEnough() {
        var oldest = NOW.minus(Duration.ofDays(6));

        assertThat(new Frequency(settings)
                        .objection(marketing("x/y")
                                .heard(3, oldest, NOW.minus(Duration.ofDays(4)), NOW.minus(Duration.ofDays(2)))
                                .facts()))
                .contains(new Later(
                        oldest.plus(Duration.ofDays(7)),
                        "the customer has had as much from us as one may get in a week"));
    }

    @Test
    void aModelThatRunsInCirclesIsStopped() {
        var runaway = new Runaway(settings);

        assertThat(runaway.objection(news("shipped").heard(11).facts())).isEmpty();
        assertThat(runaway.objection(news("shipped").heard(12).facts()))
                .contains(
                        new Skip("too many: the customer has had 12 messages about this order, and more than that would"
                                + " be a mistake of ours"));
    }

    @Test
    void lettersOfASilentBrandWait() {
        var silent = new BrandSilent();

        assertThat(silent.objection(news("shipped").brandSilent().facts())).containsInstanceOf(Later.class);
        assertThat(silent.objection(news("shipped").facts())).isEmpty();
    }

    @Test
    void marketingStaysSilentAboutAGift() {
        var secret = new Secret();

        assertThat(secret.objection(marketing("shoes/care-for-leather").aGift().facts()))
                .containsInstanceOf(Skip.class);
        assertThat(secret.objection(marketing("shoes/care-for-leather").facts()))
                .isEmpty();
        assertThat(secret.objection(news("shipped").aGift().facts())).isEmpty();
    }
}
