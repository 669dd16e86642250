package io.porchlight.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.models.JourneyModel.SendAt;
import io.porchlight.models.JourneyModel.ValidUntil;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** When a letter may go out; the brand's night is from 21:00 to 08:00. */
class TimingRulesTest {

    private final QuietHours quiet = new QuietHours();
    private final BusinessDays business = new BusinessDays();
    private final NoLongerTrue noLonger = new NoLongerTrue();

    @ParameterizedTest
    @CsvSource({
        // the customer's zone, now, the morning
        "Europe/Rome, 2026-11-23T20:30:00Z, 2026-11-24T07:00:00Z",
        "Europe/Rome, 2026-11-24T06:59:59Z, 2026-11-24T07:00:00Z",
        "America/New_York, 2026-11-24T02:00:00Z, 2026-11-24T13:00:00Z",
        // the night in which clocks are put forward, and the one in which they are put back
        "Europe/Rome, 2027-03-27T22:00:00Z, 2027-03-28T06:00:00Z",
        "Europe/Rome, 2026-10-24T22:00:00Z, 2026-10-25T07:00:00Z",
    })
    void textsAndMarketingWaitForTheMorningWhereTheCustomerIs(String zone, String now, Instant morning) {
        assertThat(at(quiet.objection(Scene.at(now).in(zone, null).by("sms").facts())))
                .isEqualTo(morning);
        assertThat(at(quiet.objection(Scene.at(now).in(zone, null).marketing().facts())))
                .isEqualTo(morning);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Rome, 2026-11-24T07:00:00Z",
        "Europe/Rome, 2026-11-24T19:59:59Z",
        "Asia/Tokyo, 2026-11-23T23:00:00Z"
    })
    void nobodyWaitsByDay(String zone, String now) {
        assertThat(quiet.objection(Scene.at(now).in(zone, null).by("sms").facts()))
                .isEmpty();
    }

    @Test
    void newsAboutAnOrderGoesOutByNightUnlessItsStepAsksForTheMorning() {
        var night = Scene.at("2026-11-23T23:00:00Z").in("Europe/Rome", null);

        assertThat(quiet.objection(night.facts())).isEmpty();
        assertThat(at(quiet.objection(night.sentAt(SendAt.MORNING).facts()))).isEqualTo("2026-11-24T07:00:00Z");
    }

    @Test
    void withoutAZoneTheCountryDecidesIfItLiesInOneAndElseTheBrand() {
        // 21:30 in Rome, 15:30 to 12:30 in America; the brand lives in UTC, where it is 20:30
        var now = "2026-11-23T20:30:00Z";

        assertThat(quiet.objection(Scene.at(now).in(null, "IT").by("sms").facts()))
                .isNotEmpty();
        assertThat(quiet.objection(Scene.at(now).in(null, "US").by("sms").facts()))
                .isEmpty();
        assertThat(quiet.objection(Scene.at(now).in(null, null).by("sms").facts()))
                .isEmpty();
        assertThat(quiet.objection(
                        Scene.at(now).in("America/New_York", "IT").by("sms").facts()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // Friday noon, Friday night, Saturday noon, Christmas Day, the last of April before Labour Day and a weekend
        "IT, 2026-11-20T11:00:00Z,",
        "IT, 2026-11-20T21:00:00Z, 2026-11-23T07:00:00Z",
        "IT, 2026-11-21T11:00:00Z, 2026-11-23T07:00:00Z",
        "IT, 2026-12-25T11:00:00Z, 2026-12-28T07:00:00Z",
        "DE, 2026-04-30T21:00:00Z, 2026-05-04T06:00:00Z",
        // where the weekend begins on Friday
        "SA, 2026-11-20T11:00:00Z, 2026-11-22T05:00:00Z",
        // of several zones: the brand's
        "US, 2026-12-25T11:00:00Z, 2026-12-28T08:00:00Z",
    })
    void businessDaysAreThoseOfTheCustomersCountry(String country, String now, Instant morning) {
        var letter =
                Scene.at(now).in(null, country).sentAt(SendAt.BUSINESS_DAYS).facts();

        assertThat(business.objection(letter).map(Later.class::cast).map(Later::at))
                .isEqualTo(Optional.ofNullable(morning));
    }

    @Test
    void onlyStepsThatAskForBusinessDaysWaitForThem() {
        assertThat(business.objection(
                        Scene.at("2026-11-21T11:00:00Z").in(null, "IT").facts()))
                .isEmpty();
    }

    @Test
    void outForDeliveryIsTrueUntilTheEveningOfItsDay() {
        var letter = Scene.at("2026-11-24T19:59:00Z")
                .in("Europe/Rome", null)
                .trueUntil(ValidUntil.EVENING)
                .happened("out", "2026-11-24T06:00:00Z");
        assertThat(noLonger.objection(letter.facts())).isEmpty();

        var late = Scene.at("2026-11-24T20:00:00Z")
                .in("Europe/Rome", null)
                .trueUntil(ValidUntil.EVENING)
                .happened("out", "2026-11-24T06:00:00Z");
        assertThat(noLonger.objection(late.facts()))
                .contains(new Skip(
                        "expired: it was true only until the evening of 24 November 2026 and could not go out before"));
    }

    @Test
    void aPromisedDayIsTrueUntilAnotherIsPromised() {
        var letter = Scene.at("2026-11-24T10:00:00Z").trueUntil(ValidUntil.PROMISE_CHANGES);

        assertThat(noLonger.objection(letter.promised("2026-11-20T10:00:00Z").facts()))
                .isEmpty();
        assertThat(noLonger.objection(letter.promised("2026-11-24T10:00:01Z").facts()))
                .contains(new Skip("expired: another date was promised on 24 November 2026"));
    }

    @Test
    void nobodyIsAskedForAReviewOfWhatComesBackOrWasComplainedAbout() {
        var now = "2026-11-24T10:00:00Z";
        var plain = Scene.at(now).trueUntil(ValidUntil.RETURN_OR_COMPLAINT);
        assertThat(noLonger.objection(plain.happened("delivered", now).facts())).isEmpty();

        assertThat(noLonger.objection(plain.happened("complaint-opened", "2026-11-20T10:00:00Z")
                        .facts()))
                .contains(new Skip("out of place: the customer has an open complaint since 20 November 2026"));
        assertThat(noLonger.objection(plain.happened("complaint-closed", "2026-11-21T10:00:00Z")
                        .facts()))
                .isEmpty();
        assertThat(noLonger.objection(plain.happened("return-requested", now).facts()))
                .contains(new Skip("out of place: the order is coming back (\"return-requested\")"));
    }

    @Test
    void whatIsTooMuchForASecondGetsATurnAndIsThenNotCountedAgain() {
        var rate = new Rate(settings(2), none());
        var scene = Scene.at("2026-11-24T10:00:00Z");
        assertThat(rate.objection(scene.facts())).isEmpty();
        assertThat(rate.objection(scene.facts())).isEmpty();

        var turn = (Later) rate.objection(scene.facts()).orElseThrow();
        assertThat(turn.at())
                .isBetween(
                        scene.facts().now().plusMillis(300), scene.facts().now().plusMillis(500));

        var atItsTurn = Scene.at(turn.at().toString()).waiting(turn.reason(), turn.at());
        assertThat(rate.objection(atItsTurn.facts())).isEmpty();

        var longAfter = Scene.at(turn.at().plusSeconds(61).toString()).waiting(turn.reason(), turn.at());
        assertThat(rate.objection(longAfter.facts())).as("a turn lapses").isNotEmpty();
    }

    @Test
    void aBrandThatMaySpeakSlowlyHoldsNoOther() {
        var slow = Mockito.mock(io.porchlight.brands.Rates.class, call -> OptionalInt.of(1));
        var scene = Scene.at("2026-11-24T10:00:00Z");

        var rate = new Rate(settings(1000), slow);
        assertThat(rate.objection(scene.facts())).isEmpty();
        assertThat(rate.objection(scene.facts())).isNotEmpty();
        assertThat(new Rate(settings(1000), none()).objection(scene.facts())).isEmpty();
    }

    @Test
    void aDomainThatKeepsPuttingOffIsLeftInPeaceAndAllOthersFlow() {
        var now = Instant.parse("2026-11-24T10:00:00Z");
        var destinations = new Destinations(Clock.fixed(now, ZoneOffset.UTC));
        var tired = Scene.at(now.toString()).to("bob@Tired.example").facts();
        destinations.putOff("a@tired.example");
        destinations.putOff("b@tired.example");
        assertThat(destinations.objection(tired)).isEmpty();

        destinations.putOff("c@tired.example");
        assertThat(at(destinations.objection(tired))).isEqualTo(now.plusSeconds(60));
        assertThat(destinations.objection(Scene.at(now.toString()).facts())).isEmpty();

        destinations.putOff("d@tired.example");
        assertThat(at(destinations.objection(tired))).isEqualTo(now.plusSeconds(120));

        destinations.answered("e@tired.example");
        assertThat(destinations.objection(tired)).isEmpty();
    }

    @Test
    void afterAnOutageLettersLeaveSlowlyAtFirst() {
        var start = Instant.parse("2026-11-24T10:00:00Z");
        var ramp = new Ramp();
        assertThat(ramp.room(start)).isEqualTo(Integer.MAX_VALUE);

        ramp.begin(start);
        assertThat(ramp.room(start)).isEqualTo(1);
        ramp.left(1);
        assertThat(ramp.room(start)).isZero();
        assertThat(ramp.room(start.plusSeconds(1))).isBetween(20, 24);
        assertThat(ramp.room(start.plusSeconds(10))).isBetween(400, 450);
        assertThat(ramp.room(start.plusSeconds(40))).isEqualTo(Integer.MAX_VALUE);
    }

    private static Instant at(Optional<Verdict> verdict) {
        return verdict.map(Later.class::cast).map(Later::at).orElseThrow();
    }

    private static io.porchlight.brands.Rates none() {
        return Mockito.mock(io.porchlight.brands.Rates.class, call -> OptionalInt.empty());
    }

    private static NotificationSettings settings(int perSecond) {
        var any = Duration.ofSeconds(1);
        return new NotificationSettings(1, any, any, any, any, any, any, perSecond);
    }
}
