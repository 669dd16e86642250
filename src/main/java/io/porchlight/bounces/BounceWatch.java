package io.porchlight.bounces;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks into the bounce mailbox from time to time, ever less often while its server is away; nobody waits for it. */
@Component
@ConditionalOnProperty("porchlight.bounces.imap.host")
class BounceWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BounceWatch.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private final BounceMailbox mailbox;
    private final Duration poll;
    private final String server;
    private final Semaphore stopped = new Semaphore(0);
    private @Nullable Thread thread;
    private Duration patience = FIRST;

    BounceWatch(BounceSettings settings, ReturnedMail mail) {
        var imap = Objects.requireNonNull(settings.imap());
        this.mailbox = new BounceMailbox(imap, mail);
        this.poll = imap.poll();
        this.server = imap.host();
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().daemon().name("bounces").start(this::watch);
    }

    /** A look that takes long goes on alone; what it handles is handled, and what not is found again. */
    @Override
    public void stop() {
        stopped.release();
        try {
            if (thread != null) {
                thread.join(LAST_LOOK);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    private void watch() {
        try {
            var wait = Duration.ZERO;
            while (!stopped.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = look();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look() {
        try {
            int seen = mailbox.empty();
            if (patience.compareTo(FIRST) > 0) {
                log.info("The bounce mailbox on {} can be read again", server);
            }
            patience = FIRST;
            return seen > 0 ? Duration.ZERO : poll;
        } catch (MessagingException | IOException | RuntimeException away) {
            var wait = patience;
            if (patience.equals(FIRST)) {
                log.warn(
                        "The bounce mailbox on {} cannot be read: {}; trying again ever less often",
                        server,
                        away.toString());
            }
            patience = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
            return wait;
        }
    }
}
