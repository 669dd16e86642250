package io.porchlight.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a gateway should carry in the ledger while it is away, and tries it again ever less often. */
class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Clock clock;
    private final String server;
    private Duration patience = FIRST;
    private Instant until = Instant.EPOCH;
    private boolean told;
    private final Ramp ramp = new Ramp();

    Outage(Clock clock, String server) {
        this.clock = clock;
        this.server = server;
    }

    /** How many letters it makes sense to bring now: none while the server is away, few when it has just come back. */
    synchronized int room() {
        noticeThatTheClockWasSetBack();
        return over() ? ramp.room(clock.instant()) : 0;
    }

    synchronized void bringing(int letters) {
        ramp.left(letters);
    }

    private void noticeThatTheClockWasSetBack() {
        var now = clock.instant();
        if (until.isAfter(now.plus(LONGEST))) {
            until = now;
            ramp.begin(now);
        }
    }

    private boolean over() {
        return !clock.instant().isBefore(until);
    }

    synchronized void begins(String why) {
        if (!over()) {
            return;
        }
        if (!told) {
            log.warn(
                    "The {} cannot be reached ({}); what it should carry waits in the ledger until it is back",
                    server,
                    why);
            told = true;
        }
        until = clock.instant().plus(patience);
        ramp.begin(until);
        patience = patience.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : patience.multipliedBy(2);
    }

    synchronized void ends() {
        if (told) {
            log.info("The {} is back", server);
        }
        told = false;
        patience = FIRST;
        until = Instant.EPOCH;
    }
}
