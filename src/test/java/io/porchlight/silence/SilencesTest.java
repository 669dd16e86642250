package io.porchlight.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.database.MovableClock;
import io.porchlight.database.OnEachDatabase;
import io.porchlight.database.Together;
import io.porchlight.fulfillment.MilestoneReport;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Received;
import io.porchlight.orders.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Nobody is left in silence without the team being told, once. */
class SilencesTest {

    private static final Duration BUDGET = Duration.ofDays(5);
    private static final Duration ABOUT = Duration.ofHours(2);
    private static int life;

    private final Silences silences;
    private final Shop shop;
    private final Journeys journeys;
    private final Models models;
    private final Milestones milestones;
    private final Ledger ledger;
    private final MovableClock clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final List<CustomerInSilence> alarms = new ArrayList<>();
    private final String epoch = "life-" + ++life;

    SilencesTest(
            Silences silences,
            Shop shop,
            Journeys journeys,
            Models models,
            Milestones milestones,
            Ledger ledger,
            MovableClock clock,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ConfigurableApplicationContext context) {
        this.silences = silences;
        this.shop = shop;
        this.journeys = journeys;
        this.models = models;
        this.milestones = milestones;
        this.ledger = ledger;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transaction = transaction;
        context.addApplicationListener((ApplicationListener<PayloadApplicationEvent<?>>) event -> {
            if (event.getPayload() instanceof CustomerInSilence silence
                    && silence.travel().engineEpoch().equals(epoch)) {
                alarms.add(silence);
            }
        });
    }

    @OnEachDatabase
    void aCustomerWhoHearsNothingForLongerThanTheBudgetIsToldOfOnce() {
        var key = travels("1001", BUDGET);
        passes(BUDGET.minus(ABOUT));
        assertThat(alarms).isEmpty();

        passes(ABOUT);

        assertThat(alarms).singleElement().satisfies(alarm -> {
            assertThat(alarm.key()).isEqualTo(key);
            assertThat(alarm.since()).isEqualTo(MovableClock.START);
            assertThat(alarm.budget()).isEqualTo(BUDGET);
        });
        passes(BUDGET);
        passes(BUDGET);
        assertThat(alarms).as("it is the same silence").hasSize(1);
    }

    @OnEachDatabase
    void everyLetterAndEveryStepOnThePageBreaksTheSilence() {
        var key = travels("1001", BUDGET);
        passes(Duration.ofDays(4));
        sent(key);
        passes(Duration.ofDays(4));
        reports(key, "shipped");
        passes(Duration.ofDays(4));
        assertThat(alarms).isEmpty();

        passes(Duration.ofDays(2));
        assertThat(alarms)
                .extracting(CustomerInSilence::since)
                .containsExactly(MovableClock.START.plus(Duration.ofDays(8)));
        sent(key);
        passes(BUDGET);

        assertThat(alarms)
                .as("a second silence")
                .extracting(CustomerInSilence::since)
                .containsExactly(
                        MovableClock.START.plus(Duration.ofDays(8)), MovableClock.START.plus(Duration.ofDays(14)));
    }

    @OnEachDatabase
    void aLetterThatNobodyGotBreaksNoSilence() {
        var key = travels("1001", BUDGET);
        passes(Duration.ofDays(4));
        plan(key);
        passes(Duration.ofDays(1));

        assertThat(alarms).hasSize(1);
    }

    @OnEachDatabase
    void theSameSilenceIsNotToldAgainInAnotherLifeOfTheEngine() {
        var key = travels("1001", BUDGET);
        passes(BUDGET);
        assertThat(alarms).hasSize(1);

        journeys.restartAllBut("another");
        journeys.adopt(key, new Travel(epoch, 8, "trial", 1));
        passes(BUDGET);

        assertThat(alarms).hasSize(1);
    }

    @OnEachDatabase
    void whoeverLooksAtTheSameTimeTellsOfItOnce() {
        travels("1001", BUDGET);
        clock.pass(BUDGET);

        Together.all(4, number -> silences.look(100));

        assertThat(alarms).hasSize(1);
    }

    @OnEachDatabase
    void nobodyIsAlarmedAboutAJourneyThatIsOverOrToldToItsEndOrHasNoBudget() {
        var over = travels("1001", BUDGET);
        journeys.end(over, new Travel(epoch, 1001, "trial", 1));
        var told = travels("1002", BUDGET);
        reports(told, "shipped");
        reports(told, "delivered");
        travels("1003", null);
        shop.sells("1004");

        for (int day = 0; day < 30; day++) {
            passes(Duration.ofDays(1));
        }

        assertThat(alarms).isEmpty();
    }

    @OnEachDatabase
    void aLookCostsNothingWhileNobodysTimeIsUp() {
        for (int n = 0; n < 5; n++) {
            travels("100" + n, BUDGET);
        }
        clock.pass(ABOUT);
        assertThat(silences.look(100)).isEqualTo(5);

        clock.pass(BUDGET.minus(ABOUT).minusSeconds(1));
        assertThat(silences.look(100)).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(silences.look(3)).isEqualTo(3);
        assertThat(silences.look(3)).isEqualTo(2);
        assertThat(alarms).hasSize(5);
    }

    @OnEachDatabase
    void anAlarmThatCouldNotBeWrittenDownIsGivenAtTheNextLook() {
        travels("1001", BUDGET);
        clock.pass(BUDGET);
        transaction.executeWithoutResult(broken -> {
            silences.look(100);
            broken.setRollbackOnly();
        });
        alarms.clear();

        silences.look(100);

        assertThat(alarms).hasSize(1);
    }

    private JourneyKey travels(String order, @Nullable Duration budget) {
        var key = shop.sells(order);
        var travel = new Travel(epoch, Long.parseLong(order), budget == null ? "patient" : "trial", 1);
        models.record(epoch, 1, model(travel.processId(), budget));
        journeys.adopt(key, travel);
        return key;
    }

    private void passes(Duration time) {
        clock.pass(time);
        silences.look(100);
    }

    private void reports(JourneyKey key, String name) {
        milestones.record(key, new Received<>(new MilestoneReport(name + "-1", name, null, null), "0".repeat(64)));
    }

    private void plan(JourneyKey key) {
        ledger.plan(new Plan(
                key,
                "trial",
                "Step" + clock.instant().getEpochSecond(),
                Occurrence.FIRST,
                "email",
                "trial/step",
                MessageClass.TRANSACTIONAL,
                null,
                0,
                null));
    }

    /** What the post office does in the end. */
    private void sent(JourneyKey key) {
        plan(key);
        jdbc.sql("update notification set state = 'SENT', settled_at = :now where state = 'PLANNED'")
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .update();
    }

    private static JourneyModel model(String process, @Nullable Duration budget) {
        var shipped = new JourneyModel.Milestone("shipped", 1, List.of(), false, true, words("Shipped"));
        var delivered = new JourneyModel.Milestone("delivered", 2, List.of("shipped"), false, true, words("Delivered"));
        return new JourneyModel(
                process, "Trial", budget, words("OrderPlaced"), List.of(shipped, delivered), List.of(), Map.of());
    }

    private static Words words(String id) {
        return new Words(id, id, "");
    }
}
