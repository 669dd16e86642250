package io.porchlight.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.porchlight.database.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What waits is asked for by whoever looks, seldom, and never for long. */
class BacklogGaugesTest {

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksTheDatabaseOnceForAllWhoLookWithinAWhile() {
        show(() -> new Depth(3, MovableClock.START.minusSeconds(40)));
        assertThat(asked).as("nobody has looked yet").hasValue(0);

        for (int look = 0; look < 10; look++) {
            assertThat(gauge("size", "letters")).isEqualTo(3);
            assertThat(gauge("age", "signals")).isEqualTo(40);
        }
        assertThat(asked).as("once for each name").hasValue(2);

        clock.pass(Duration.ofSeconds(14));
        assertThat(gauge("age", "letters")).as("it grows meanwhile").isEqualTo(54);
        assertThat(asked).hasValue(2);

        clock.pass(Duration.ofSeconds(1));
        assertThat(gauge("age", "letters")).isEqualTo(55);
        assertThat(asked).hasValue(4);
    }

    @Test
    void saysZeroWhenNothingWaits() {
        show(() -> new Depth(0, null));

        assertThat(gauge("size", "letters")).isZero();
        assertThat(gauge("age", "letters")).isZero();
    }

    @Test
    void hasNoNumberWhileTheDatabaseIsAwayAndOneWhenItIsBack() {
        var away = new AtomicInteger(1);
        show(() -> {
            if (away.get() == 1) {
                throw new IllegalStateException("the database is away");
            }
            return new Depth(7, null);
        });
        assertThat(gauge("size", "letters")).isNaN();
        assertThat(gauge("age", "letters")).isNaN();
        assertThat(asked).as("whoever is away is not asked again at once").hasValue(1);

        away.set(0);
        clock.pass(BacklogGauges.GOOD_FOR);
        assertThat(gauge("size", "letters")).isEqualTo(7);
    }

    @Test
    void doesNotWaitForADatabaseThatDoesNotAnswer() {
        var answer = new CountDownLatch(1);
        show(() -> {
            await(answer);
            return new Depth(7, null);
        });
        long start = System.nanoTime();

        for (int look = 0; look < 10; look++) {
            assertThat(gauge("size", "letters")).isNaN();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

        clock.pass(BacklogGauges.GOOD_FOR);
        assertThat(gauge("size", "letters")).isNaN();
        assertThat(asked).as("who still waits is not joined by another").hasValue(1);

        answer.countDown();
        clock.pass(BacklogGauges.GOOD_FOR);
        assertThat(gauge("size", "letters")).isEqualTo(7);
    }

    private void show(Supplier<Depth> depth) {
        var waiting = new WhatWaits() {
            @Override
            public List<String> names() {
                return List.of("letters", "signals");
            }

            @Override
            public Depth depth(String name) {
                asked.incrementAndGet();
                return depth.get();
            }
        };
        new BacklogGauges(List.of(waiting), clock).bindTo(meters);
    }

    private double gauge(String what, String of) {
        return meters.get("porchlight.backlog." + what).tag("of", of).gauge().value();
    }

    private static void await(CountDownLatch answer) {
        try {
            answer.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
