package io.porchlight.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When to look for what is due. Time goes on only when the test says so; it begins shortly before it turns negative. */
class LookoutTest {

    private static final Duration MOMENT = Duration.ofMillis(10);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final Lookout lookout = new Lookout(nanoTime::get);

    @Test
    void beginsWithASweep() {
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.sweeps()).isTrue();
    }

    @Test
    void whenASweepFoundNothingTheNextComesAfterTenSeconds() {
        lookout.looked(true, false);
        assertThat(lookout.rest()).isEqualTo(Lookout.IDLE);
        pass(Lookout.IDLE.minus(MOMENT));
        assertThat(lookout.due()).isFalse();
        pass(MOMENT);
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.sweeps()).isTrue();
    }

    @Test
    void whoeverIsToldLooksAtOnceAndSweepsALittleLater() {
        lookout.looked(true, false);
        pass(MOMENT);
        lookout.tell();
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.sweeps()).isFalse();
        lookout.looked(false, false);
        assertThat(lookout.due()).isFalse();
        assertThat(lookout.rest()).isEqualTo(Lookout.SWEEP.minus(MOMENT));
        pass(lookout.rest());
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.sweeps()).isTrue();
    }

    @Test
    void whatIsToldDuringALookIsSeenByTheNext() {
        assertThat(lookout.due()).isTrue();
        lookout.tell();
        lookout.looked(true, false);
        assertThat(lookout.due()).isTrue();
    }

    @Test
    void whatALookLeftIsLookedForAtOnce() {
        lookout.looked(true, true);
        assertThat(lookout.rest()).isZero();
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.sweeps()).isFalse();
    }

    @Test
    void aSweepThatFoundSomethingIsFollowedByAnother() {
        lookout.looked(false, false);
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.sweeps()).isTrue();
    }

    @Test
    void whatWasHeldUpWaitsForTheNextSweepAndNoLonger() {
        lookout.looked(true, false);
        pass(MOMENT);
        lookout.stir();
        assertThat(lookout.due()).isFalse();
        assertThat(lookout.rest()).isEqualTo(Lookout.SWEEP.minus(MOMENT));
    }

    @Test
    void aLookThatFailedIsDueStill() {
        lookout.looked(true, false);
        lookout.tell();
        assertThat(lookout.due()).isTrue();
        assertThat(lookout.due()).as("nobody said that it has looked").isTrue();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
