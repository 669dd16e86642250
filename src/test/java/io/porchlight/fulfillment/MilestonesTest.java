package io.porchlight.fulfillment;

import static io.porchlight.fulfillment.Milestone.State.CORRELATED;
import static io.porchlight.fulfillment.Milestone.State.HISTORY;
import static io.porchlight.fulfillment.Milestone.State.NEW;
import static io.porchlight.fulfillment.Milestone.State.PUBLISHED;
import static io.porchlight.fulfillment.Milestone.State.RECORDED;
import static io.porchlight.fulfillment.Milestone.State.UNCLAIMED;
import static io.porchlight.fulfillment.Milestone.State.WAITING;
import static java.util.Collections.frequency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.database.Together;
import io.porchlight.models.Models;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders.Outcome;
import io.porchlight.orders.Reception;
import io.porchlight.orders.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.groups.Tuple;
import org.springframework.transaction.support.TransactionTemplate;

/** What the workshop reports is written down first, and the engine is told what its model waits for. */
class MilestonesTest {

    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Milestones milestones;
    private final Journeys journeys;
    private final Unclaimed unclaimed;
    private final Shop shop;
    private final Workshop workshop;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    MilestonesTest(
            Milestones milestones,
            Unclaimed unclaimed,
            Journeys journeys,
            Models models,
            Reception reception,
            Shop shop,
            MovableClock clock,
            TransactionTemplate transaction) {
        this.milestones = milestones;
        this.journeys = journeys;
        this.unclaimed = unclaimed;
        this.shop = shop;
        this.workshop = new Workshop(milestones, journeys, models, reception);
        this.clock = clock;
        this.transaction = transaction;
    }

    @OnEachDatabase
    void isWrittenDownOnce() {
        var key = shop.sells("1001");

        assertThat(workshop.reports(key, "ws-1", "leather-cut", "{\"note\":\"calf\",\"hides\":2}"))
                .isEqualTo(Outcome.NEW);
        assertThat(workshop.reports(key, "ws-1", "leather-cut", "{\"hides\": 2, \"note\":\"calf\"}"))
                .isEqualTo(Outcome.SAME);
        assertThat(workshop.reports(key, "ws-1", "leather-cut", "{\"note\":\"goat\",\"hides\":2}"))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(workshop.reports(key, "ws-1", "shoes-made")).isEqualTo(Outcome.CONFLICT);

        assertThat(milestones.of(key)).singleElement().satisfies(milestone -> {
            assertThat(milestone.name()).isEqualTo("leather-cut");
            assertThat(milestone.details().path("note").asText()).isEqualTo("calf");
        });
    }

    @OnEachDatabase
    void hasAnIdOfItsOwnWithinItsOrderOnly() {
        var one = shop.sells("1001");
        var other = shop.sells("1002");

        assertThat(workshop.reports(one, "ws-1", "leather-cut")).isEqualTo(Outcome.NEW);
        assertThat(workshop.reports(other, "ws-1", "shoes-made")).isEqualTo(Outcome.NEW);
    }

    @OnEachDatabase
    void waitsForItsOrderAndItsJourney() {
        var key = new JourneyKey("bottega", "1001");
        workshop.reports(key, "ws-1", "leather-cut");
        assertThat(workshop.published()).isEmpty();

        shop.sells("1001");
        assertThat(workshop.published()).isEmpty();

        workshop.starts(key, Workshop.TRAVEL);
        assertThat(workshop.published()).containsExactly("leather-cut");
    }

    @OnEachDatabase
    void waitsAMonthForItsOrderAndIsSeenAllTheWhile() {
        var key = new JourneyKey("bottega", "1001");
        workshop.reports(key, "ws-1", "leather-cut");
        shop.sells("1002");
        workshop.reports(new JourneyKey("bottega", "1002"), "ws-1", "leather-cut");
        assertThat(unclaimed.newest(10)).singleElement().satisfies(waiting -> {
            assertThat(waiting.key()).isEqualTo(key);
            assertThat(waiting.givenUp()).isFalse();
            assertThat(waiting.reason()).isEqualTo("There is no order 1001 yet. This waits for it, up to 30 days.");
        });
        clock.pass(Duration.ofDays(30).minusSeconds(1));
        assertThat(unclaimed.giveUp()).isZero();

        clock.pass(Duration.ofSeconds(1));
        assertThat(unclaimed.giveUp()).isEqualTo(1);

        thatOf(key).containsExactly(tuple("leather-cut", 1, false, UNCLAIMED));
        assertThat(unclaimed.newest(10)).singleElement().satisfies(waiting -> {
            assertThat(waiting.givenUp()).isTrue();
            assertThat(waiting.reason())
                    .isEqualTo("No order 1001 came in 30 days. If it comes after all, this is taken up again.");
        });
        assertThat(unclaimed.giveUp()).as("only once").isZero();
    }

    @OnEachDatabase
    void isTakenUpAgainWhenItsOrderComesAfterAll() {
        var key = new JourneyKey("bottega", "1001");
        workshop.reports(key, "ws-1", "leather-cut");
        clock.pass(Duration.ofDays(40));
        unclaimed.giveUp();
        assertThat(workshop.reports(key, "ws-1", "leather-cut"))
                .as("it is still known")
                .isEqualTo(Outcome.SAME);

        shop.sells("1001");
        workshop.starts(key, Workshop.TRAVEL);

        assertThat(workshop.published()).containsExactly("leather-cut");
        assertThat(unclaimed.newest(10)).isEmpty();
    }

    @OnEachDatabase
    void isPublishedAtOnceWhenItsJourneyTravels() {
        var key = travelling("1001");

        workshop.reports(key, "ws-1", "leather-cut");

        thatOf(key).containsExactly(tuple("leather-cut", 1, false, NEW));
        assertThat(workshop.published()).containsExactly("leather-cut");
        thatOf(key).containsExactly(tuple("leather-cut", 1, false, PUBLISHED));
        assertThat(workshop.published()).isEmpty();
    }

    @OnEachDatabase
    void isShownButNotPublishedWhenNoModelWaitsForIt() {
        var key = travelling("1001");

        workshop.reports(key, "ws-1", "soles-glued");

        thatOf(key).containsExactly(tuple("soles-glued", 1, false, RECORDED));
        assertThat(workshop.published()).isEmpty();
    }

    @OnEachDatabase
    void impliesWhatTheWorkshopForgotToScan() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");

        workshop.reports(key, "ws-2", "shipped");

        thatOf(key)
                .containsExactlyInAnyOrder(
                        tuple("leather-cut", 1, false, NEW),
                        tuple("shoes-made", 1, true, NEW),
                        tuple("at-warehouse", 1, true, NEW),
                        tuple("shipped", 1, false, NEW));
        assertThat(workshop.published())
                .containsExactlyInAnyOrder("leather-cut", "shoes-made", "at-warehouse", "shipped");
    }

    @OnEachDatabase
    void impliesAlsoForWhatWaitedForItsJourney() {
        var key = shop.sells("1001");
        workshop.reports(key, "ws-1", "at-warehouse");

        workshop.starts(key, Workshop.TRAVEL);

        assertThat(workshop.published()).containsExactlyInAnyOrder("leather-cut", "shoes-made", "at-warehouse");
    }

    @OnEachDatabase
    void takesALateReportOfAnImpliedMilestoneAsThatVeryMilestone() {
        var key = travelling("1001");
        workshop.reports(key, "ws-2", "shoes-made");
        workshop.published();

        assertThat(workshop.reportsAt(key, "ws-1", "leather-cut", "2026-11-22T08:10:00Z"))
                .isEqualTo(Outcome.NEW);
        assertThat(workshop.reportsAt(key, "ws-1", "leather-cut", "2026-11-22T08:10:00Z"))
                .isEqualTo(Outcome.SAME);

        thatOf(key)
                .containsExactlyInAnyOrder(
                        tuple("leather-cut", 1, false, PUBLISHED), tuple("shoes-made", 1, false, PUBLISHED));
        assertThat(milestones.of(key))
                .filteredOn(milestone -> milestone.name().equals("leather-cut"))
                .map(Milestone::occurredAt)
                .containsExactly(Instant.parse("2026-11-22T08:10:00Z"));
        assertThat(workshop.published()).isEmpty();
    }

    @OnEachDatabase
    void isHistoryWhenItWasReportedUnderAnotherIdBefore() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");

        assertThat(workshop.reports(key, "ws-2", "leather-cut")).isEqualTo(Outcome.NEW);

        thatOf(key).containsExactly(tuple("leather-cut", 1, false, NEW), tuple("leather-cut", 2, false, HISTORY));
    }

    @OnEachDatabase
    void recursOnANewDayOfTheCustomerIfTheModelLetsIt() {
        var key = travelling("1001");
        clock.pass(Duration.ofDays(3));
        workshop.reportsAt(key, "c-1", "out-for-delivery", "2026-11-24T13:00:00Z");
        // 23:00 in New York, where the customer lives, is the next day in UTC.
        workshop.reportsAt(key, "c-2", "out-for-delivery", "2026-11-25T04:00:00Z");
        workshop.reportsAt(key, "c-3", "out-for-delivery", "2026-11-25T13:00:00Z");

        thatOf(key)
                .contains(
                        tuple("out-for-delivery", 1, false, NEW),
                        tuple("out-for-delivery", 2, false, HISTORY),
                        tuple("out-for-delivery", 3, false, NEW));
    }

    @OnEachDatabase
    void doesNotBelieveATimeThatHasNotCome() {
        var key = shop.sells("1001");
        workshop.reportsAt(key, "ws-1", "leather-cut", "2026-11-23T08:00:01Z");
        workshop.reportsAt(key, "ws-2", "shoes-made", "2026-11-23T08:00:00Z");

        assertThat(milestones.of(key)).map(Milestone::occurredAt).containsExactly(null, MovableClock.START);
    }

    @OnEachDatabase
    void ofOneParcelSpeaksForTheOrderWhenItIsTheFirst() {
        var key = travelling("1001");

        workshop.reports(key, "w-1", "shipped", "{\"parcel\":\"A\",\"lines\":[\"derby-42\"]}");

        assertThat(milestones.of(key))
                .extracting(Milestone::name, Milestone::parcel, Milestone::state)
                .contains(tuple("shipped", "A", RECORDED), tuple("shipped", "-", NEW), tuple("leather-cut", "-", NEW));
    }

    @OnEachDatabase
    void isDeliveredWhenEveryParcelWithEveryLineIs() {
        var key = travelling("1001");
        workshop.reports(key, "w-1", "delivered", "{\"parcel\":\"A\",\"lines\":[\"derby-42\"]}");
        assertThat(workshop.published()).doesNotContain("delivered");

        workshop.reports(key, "w-2", "delivered", "{\"parcel\":\"B\",\"lines\":[\"loafer-41\"]}");

        assertThat(workshop.published()).contains("delivered");
    }

    @OnEachDatabase
    void isTakenToBePublishedByOne() {
        var key = travelling("1001");
        var reported = new ArrayList<String>(List.of());
        for (int number = 0; number < 40; number++) {
            var name = "out-for-delivery";
            clock.pass(Duration.ofDays(1));
            workshop.reports(key, "c-" + number, name);
            reported.add(name);
        }
        int all = milestones.of(key).size();
        assertThat(all).isGreaterThanOrEqualTo(reported.size());

        var taken = Together.all(6, number -> takeAll());

        assertThat(taken.stream().flatMap(List::stream)).hasSize(all).doesNotHaveDuplicates();
    }

    private List<Long> takeAll() {
        var ids = new ArrayList<Long>();
        int misses = 0;
        while (misses < 20) {
            var some = milestones.takeToPublish(5, AGAIN);
            misses = some.isEmpty() ? misses + 1 : 0;
            some.forEach(milestone -> ids.add(milestone.id()));
        }
        return ids;
    }

    @OnEachDatabase
    void isTakenAgainWhenTheEngineDidNotHear() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");
        var taken = milestones.takeToPublish(10, AGAIN).getFirst();
        assertThat(milestones.takeToPublish(10, AGAIN)).isEmpty();

        milestones.publishFailed(taken.id(), Duration.ofSeconds(5));
        clock.pass(Duration.ofSeconds(5));
        assertThat(workshop.published()).containsExactly("leather-cut");
    }

    @OnEachDatabase
    void isPublishedAgainUntilTheJourneyShowsIt() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");
        workshop.published();
        assertThat(milestones.publishForgotten()).isZero();

        clock.pass(Duration.ofDays(6));
        assertThat(milestones.publishForgotten()).isEqualTo(1);
        assertThat(workshop.published()).containsExactly("leather-cut");

        milestones.correlated(key, "leather-cut", Milestone.WHOLE_ORDER, 1);
        thatOf(key).containsExactly(tuple("leather-cut", 1, false, CORRELATED));
        clock.pass(Duration.ofDays(60));
        assertThat(milestones.publishForgotten()).isZero();
    }

    @OnEachDatabase
    void isCorrelatedAlsoWhenTheJourneyIsFasterThanTheAnswerToThePublisher() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");
        var taken = milestones.takeToPublish(1, AGAIN).getFirst();

        milestones.correlated(key, "leather-cut", Milestone.WHOLE_ORDER, 1);
        milestones.published(List.of(taken.id()), Duration.ofDays(6));
        milestones.publishFailed(taken.id(), Duration.ZERO);

        thatOf(key).containsExactly(tuple("leather-cut", 1, false, CORRELATED));
    }

    @OnEachDatabase
    void isPublishedAgainInANewLifeOfTheEngine() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");
        workshop.reports(key, "ws-2", "shoes-made");
        workshop.reports(key, "ws-3", "shoes-made");
        workshop.reports(key, "ws-4", "soles-glued");
        workshop.published();
        milestones.correlated(key, "leather-cut", Milestone.WHOLE_ORDER, 1);

        journeys.restartAllBut("life-2");
        workshop.starts(key, Workshop.NEXT_LIFE);

        assertThat(workshop.published()).containsExactly("leather-cut", "shoes-made");
    }

    @OnEachDatabase
    void isHistoryOnceTheJourneyIsOver() {
        var key = travelling("1001");
        workshop.reports(key, "ws-1", "leather-cut");
        workshop.published();
        workshop.reports(key, "ws-2", "shoes-made");

        journeys.end(key, Workshop.TRAVEL);
        milestones.close(key);
        workshop.reports(key, "ws-3", "at-warehouse");

        thatOf(key)
                .containsExactly(
                        tuple("leather-cut", 1, false, CORRELATED),
                        tuple("shoes-made", 1, false, HISTORY),
                        tuple("at-warehouse", 1, false, HISTORY));
        clock.pass(Duration.ofDays(60));
        assertThat(milestones.publishForgotten()).isZero();
        assertThat(workshop.published()).isEmpty();
    }

    @OnEachDatabase
    void isOneMilestoneWhenTwentyReportItAtOnce() {
        var known = travelling("1001");
        var unknown = new JourneyKey("bottega", "1002");

        for (var key : List.of(known, unknown)) {
            var outcomes = Together.all(20, number -> workshop.reports(key, "ws-1", "leather-cut"));

            assertThat(frequency(outcomes, Outcome.NEW)).isEqualTo(1);
            assertThat(frequency(outcomes, Outcome.SAME)).isEqualTo(19);
            assertThat(milestones.of(key)).hasSize(1);
        }
    }

    @OnEachDatabase
    void losesNoneOfManyReportsThatComeAtOnce() {
        var known = travelling("1001");
        var unknown = new JourneyKey("bottega", "1002");

        for (var key : List.of(known, unknown)) {
            var outcomes = Together.all(20, number -> workshop.reports(key, "ws-" + number, "leather-cut"));

            assertThat(outcomes).containsOnly(Outcome.NEW);
            assertThat(milestones.of(key))
                    .map(Milestone::occurrence)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
        }
        thatOf(known)
                .contains(tuple("leather-cut", 1, false, NEW))
                .filteredOn(tuple -> tuple.toList().contains(HISTORY))
                .hasSize(19);
    }

    @OnEachDatabase
    void impliesOnceWhenAllComeAtOnceInAnyOrder() {
        var key = travelling("1001");
        var names = List.of("delivered", "shipped", "at-warehouse", "shoes-made", "leather-cut");

        Together.all(5, number -> workshop.reports(key, "ws-" + number, names.get(number)));

        thatOf(key)
                .allSatisfy(tuple -> assertThat(tuple.toList()).contains(NEW, 1, false))
                .hasSize(5);
    }

    @OnEachDatabase
    void isNotStrandedWhenItsJourneyStartsAtTheSameMoment() {
        for (int round = 0; round < 10; round++) {
            var key = shop.sells("order-" + round);

            Together.all(4, number -> {
                if (number == 0) {
                    transaction.executeWithoutResult(status -> workshop.starts(key, Workshop.TRAVEL));
                } else {
                    workshop.reports(key, "ws-" + number, "soles-glued-" + number);
                }
                return number;
            });

            thatOf(key)
                    .hasSize(3)
                    .allSatisfy(tuple -> assertThat(tuple.toList()).contains(RECORDED));
        }
    }

    @OnEachDatabase
    void isNotStrandedWhenItsOrderIsPlacedAndStartedWhileItIsWrittenDown() {
        var key = new JourneyKey("bottega", "1001");

        transaction.executeWithoutResult(status -> {
            workshop.reports(key, "ws-1", "leather-cut");
            Together.all(1, number -> travelling("1001"));
        });

        thatOf(key).containsExactly(tuple("leather-cut", 1, false, WAITING));
        clock.pass(AGAIN);
        milestones.publishForgotten();
        assertThat(workshop.published()).containsExactly("leather-cut");
    }

    private JourneyKey travelling(String orderId) {
        var key = shop.sells(orderId);
        workshop.starts(key, Workshop.TRAVEL);
        return key;
    }

    private AbstractListAssert<?, List<? extends Tuple>, Tuple, ObjectAssert<Tuple>> thatOf(JourneyKey key) {
        return assertThat(milestones.of(key))
                .extracting(Milestone::name, Milestone::occurrence, Milestone::implied, Milestone::state);
    }
}
