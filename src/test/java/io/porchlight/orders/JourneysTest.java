package io.porchlight.orders;

import static io.porchlight.orders.Journeys.Adoption.ADOPTED;
import static io.porchlight.orders.Journeys.Adoption.ALREADY;
import static io.porchlight.orders.Journeys.Adoption.SUPERFLUOUS;
import static java.util.Collections.frequency;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.database.Together;
import io.porchlight.orders.Journey.State;
import io.porchlight.orders.Journey.Travel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One order travels in one process instance, whoever starts it and however often. */
class JourneysTest {

    private static final Duration AGAIN = Duration.ofSeconds(60);
    private static final Travel FIRST = new Travel("life-1", 7, "italian-shoes", 1);
    private static final Travel SECOND = new Travel("life-1", 8, "italian-shoes", 1);
    private static final Travel NEXT_LIFE = new Travel("life-2", 7, "italian-shoes", 1);

    private final Journeys journeys;
    private final Shop shop;
    private final MovableClock clock;

    JourneysTest(Journeys journeys, Shop shop, MovableClock clock) {
        this.journeys = journeys;
        this.shop = shop;
        this.clock = clock;
    }

    @OnEachDatabase
    void givesEachJourneyToOneTaker() {
        var sold = IntStream.range(0, 60)
                .mapToObj(number -> shop.sells("order-" + number))
                .toList();

        var taken = Together.all(6, number -> takeAll(5));

        assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(sold);
    }

    private List<JourneyKey> takeAll(int most) {
        var all = new ArrayList<JourneyKey>();
        int misses = 0;
        // A round may find nothing because others hold what is left for a moment.
        while (misses < 20) {
            var some = journeys.takeToStart(most, AGAIN);
            misses = some.isEmpty() ? misses + 1 : 0;
            all.addAll(some);
        }
        return all;
    }

    @OnEachDatabase
    void givesAJourneyAgainWhenItsTakerDidNotComeBack() {
        var key = shop.sells("1001");
        assertThat(journeys.takeToStart(10, AGAIN)).containsExactly(key);
        assertThat(journeys.takeToStart(10, AGAIN)).isEmpty();

        clock.pass(AGAIN);

        assertThat(journeys.takeToStart(10, AGAIN)).containsExactly(key);
    }

    @OnEachDatabase
    void takesTheOneThatWaitsLongestFirst() {
        var first = shop.sells("1");
        clock.pass(Duration.ofSeconds(1));
        shop.sells("2");

        assertThat(journeys.takeToStart(1, AGAIN)).containsExactly(first);
    }

    @OnEachDatabase
    void saysWhyAJourneyDidNotStartUntilItDoes() {
        var key = shop.sells("1001");
        journeys.takeToStart(1, AGAIN);

        journeys.startFailed(key, Duration.ofSeconds(5), "no broker ".repeat(100));

        var waiting = journeys.find(key).orElseThrow();
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.trouble()).hasSize(500).startsWith("no broker");
        assertThat(journeys.takeToStart(1, AGAIN)).isEmpty();
        clock.pass(Duration.ofSeconds(5));
        assertThat(journeys.takeToStart(1, AGAIN)).containsExactly(key);

        journeys.adopt(key, FIRST);

        assertThat(journeys.find(key)).contains(new Journey(key, State.RUNNING, FIRST, null));
    }

    @OnEachDatabase
    void doesNotCallBackAJourneyThatStartedAfterAll() {
        var key = shop.sells("1001");
        journeys.takeToStart(1, AGAIN);
        journeys.adopt(key, FIRST);

        journeys.startFailed(key, AGAIN, "timed out");

        clock.pass(AGAIN);
        assertThat(journeys.takeToStart(1, AGAIN)).isEmpty();
        assertThat(journeys.find(key)).contains(new Journey(key, State.RUNNING, FIRST, null));
    }

    @OnEachDatabase
    void adoptsTheFirstInstanceKnowsItAgainAndNoOther() {
        var key = shop.sells("1001");

        assertThat(journeys.adopt(key, FIRST)).isEqualTo(ADOPTED);
        assertThat(journeys.adopt(key, FIRST)).isEqualTo(ALREADY);
        assertThat(journeys.adopt(key, SECOND)).isEqualTo(SUPERFLUOUS);

        assertThat(journeys.find(key)).map(Journey::travel).contains(FIRST);
    }

    @OnEachDatabase
    void adoptsAnotherInstanceForOneThatTheEngineHasLost() {
        var key = shop.sells("1001");
        journeys.adopt(key, FIRST);

        assertThat(journeys.restart(key, FIRST)).isTrue();
        assertThat(journeys.adopt(key, SECOND)).isEqualTo(ADOPTED);
        assertThat(journeys.restart(key, FIRST)).as("it has another one").isFalse();
        assertThat(journeys.find(key)).map(Journey::travel).contains(SECOND);

        journeys.end(key, SECOND);
        assertThat(journeys.restart(key, SECOND)).as("it is over").isFalse();
    }

    @OnEachDatabase
    void startsAJourneyAgainWhoseInstanceTurnsOutToBeAnothers() {
        var mistaken = shop.sells("mistaken");
        var owner = shop.sells("owner");
        journeys.adopt(mistaken, FIRST);

        assertThat(journeys.restartOthersIn(NEXT_LIFE, owner))
                .as("of another life")
                .isZero();
        assertThat(journeys.restartOthersIn(SECOND, owner))
                .as("nobody's before")
                .isZero();
        assertThat(journeys.restartOthersIn(FIRST, mistaken)).as("its own").isZero();
        assertThat(journeys.restartOthersIn(FIRST, owner)).isEqualTo(1);

        assertThat(journeys.find(mistaken)).map(Journey::state).contains(State.WAITING);
        assertThat(journeys.takeToStart(10, AGAIN)).contains(mistaken);
        assertThat(journeys.adopt(owner, FIRST)).isEqualTo(ADOPTED);
        assertThat(journeys.adopt(mistaken, SECOND)).isEqualTo(ADOPTED);
    }

    @OnEachDatabase
    void adoptsOneOfManyInstancesThatReportAtOnce() {
        var key = shop.sells("1001");

        var adoptions =
                Together.all(12, number -> journeys.adopt(key, new Travel("life-1", number, "italian-shoes", 1)));

        assertThat(frequency(adoptions, ADOPTED)).isEqualTo(1);
        assertThat(frequency(adoptions, SUPERFLUOUS)).isEqualTo(11);
    }

    @OnEachDatabase
    void hasNoUseForAnInstanceWithoutAnOrder() {
        assertThat(journeys.adopt(new JourneyKey("bottega", "nobody's"), FIRST)).isEqualTo(SUPERFLUOUS);
    }

    @OnEachDatabase
    void adoptsTheSameKeyOfAnotherLifeOfTheEngine() {
        var key = shop.sells("1001");
        journeys.adopt(key, FIRST);

        assertThat(journeys.adopt(key, NEXT_LIFE)).isEqualTo(ADOPTED);

        assertThat(journeys.find(key)).map(Journey::travel).contains(NEXT_LIFE);
    }

    @OnEachDatabase
    void endsWithItsOwnInstanceOnlyAndForGood() {
        var key = shop.sells("1001");
        assertThat(journeys.end(key, FIRST)).as("not even started").isFalse();
        journeys.adopt(key, FIRST);

        assertThat(journeys.end(key, SECOND)).isFalse();
        assertThat(journeys.end(key, NEXT_LIFE)).isFalse();
        assertThat(journeys.end(key, FIRST)).isTrue();

        assertThat(journeys.find(key)).map(Journey::open).contains(false);
        assertThat(journeys.adopt(key, SECOND)).isEqualTo(SUPERFLUOUS);
        assertThat(journeys.adopt(key, NEXT_LIFE)).isEqualTo(SUPERFLUOUS);
    }

    @OnEachDatabase
    void startsEveryOpenJourneyAgainInANewLifeOfTheEngine() {
        var waiting = shop.sells("waiting");
        var running = shop.sells("running");
        var ended = shop.sells("ended");
        var moved = shop.sells("moved");
        journeys.adopt(running, FIRST);
        journeys.adopt(ended, SECOND);
        journeys.end(ended, SECOND);
        journeys.adopt(moved, NEXT_LIFE);

        assertThat(journeys.restartAllBut("life-2")).isEqualTo(1);

        assertThat(journeys.takeToStart(10, AGAIN)).containsExactlyInAnyOrder(waiting, running);
        assertThat(journeys.adopt(running, NEXT_LIFE)).isEqualTo(ADOPTED);
        assertThat(journeys.restartAllBut("life-2")).isZero();
    }
}
