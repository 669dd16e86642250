package io.porchlight.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.State;
import io.porchlight.ledger.NotificationAbandoned;
import io.porchlight.ledger.NotificationSettled;
import io.porchlight.notifications.Gate.Admitted;
import io.porchlight.notifications.Handover.NotNow;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.Skip;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Letters are counted by what became of them and by one word for why. */
class LetterMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LetterMeters meters =
            new LetterMeters(registry, Clock.fixed(Situation.NOW.plusMillis(250), ZoneOffset.UTC));
    private final Facts facts = Situation.news("leather-cut").facts();
    private final Notification letter = facts.notification();
    private final Claim claim = new Claim(letter, "me");

    @Test
    void theWordIsTheRulesNameAndNotItsSentence() {
        meters.objected(letter, new WishedPace(), new Skip("not wanted: Bob asked for less"));
        meters.objected(letter, new QuietHours(), new Later(Situation.NOW, "it is night where Bob is"));

        assertThat(counted("skipped", "wished-pace")).isOne();
        assertThat(counted("put-off", "quiet-hours")).isOne();
        assertThat(registry.getMeters().toString()).doesNotContain("Bob");
    }

    @Test
    void whatAnotherHasMeanwhileIsNotCounted() {
        String word = LetterMeters.word(new NotNow("451 later"));
        meters.putOff(claim, word, false);
        assertThat(registry.find("porchlight.letters").tag("reason", "not-now").counter())
                .isNull();

        meters.putOff(claim, word, true);
        meters.failed(claim, "template", true);
        meters.unknown(claim, "unanswered", true);
        meters.on(new NotificationAbandoned(letter));

        assertThat(counted("put-off", "not-now")).isOne();
        assertThat(counted("failed", "template")).isOne();
        assertThat(counted("unknown", "unanswered")).isOne();
        assertThat(counted("unknown", "abandoned")).isOne();
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        TransactionSynchronizationManager.initSynchronization();
        try {
            meters.failed(claim, "refused", true);
            assertThat(counted("failed", "refused")).isZero();

            TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
            assertThat(counted("failed", "refused")).isOne();
        } finally {
            TransactionSynchronizationManager.clearSynchronization();
        }
    }

    @Test
    void measuresHowLongEachStageTook() {
        meters.claimed(new Admitted(claim, facts));
        meters.carried(new Admitted(claim, facts));
        meters.on(new NotificationSettled(letter, State.SENT));
        meters.on(new NotificationSettled(letter, State.FAILED));

        assertThat(counted("sent", "accepted")).isOne();
        assertThat(millis("due.to.claimed")).isZero();
        assertThat(millis("claimed.to.settled")).isEqualTo(250);
        assertThat(millis("planned.to.sent")).isEqualTo(250);
        assertThat(registry.get("porchlight.letters.planned.to.sent")
                        .tag("channel", "email")
                        .timer()
                        .count())
                .as("what failed was not sent")
                .isOne();
    }

    private double counted(String outcome, String reason) {
        return registry.get("porchlight.letters")
                .tag("outcome", outcome)
                .tag("channel", "email")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private double millis(String stage) {
        return registry.get("porchlight.letters." + stage)
                .tag("channel", "email")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS);
    }
}
