package io.porchlight.story;

import io.porchlight.journeys.JourneysReady;
import io.porchlight.orders.Orders;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Plays Bob's story over HTTP, once, so that a newcomer sees letters within a minute. */
@Component
@ConditionalOnProperty(name = "porchlight.engine.mode", havingValue = "local", matchIfMissing = true)
class Story {

    private static final Logger log = LoggerFactory.getLogger(Story.class);

    private final Orders orders;
    private final StorySettings settings;
    private final Bob bob;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean firstStart;
    private volatile @Nullable Thread teller;

    Story(Orders orders, StorySettings settings, Bob bob) {
        this.orders = orders;
        this.settings = settings;
        this.bob = bob;
    }

    @EventListener
    void on(WebServerInitializedEvent serving) {
        if (serving.getApplicationContext().getServerNamespace() == null) {
            firstStart = orders.none();
        }
    }

    @EventListener
    void on(JourneysReady ready) {
        if (settings.enabled() && firstStart && !told.getAndSet(true)) {
            teller = Thread.ofVirtual().name("story").start(this::tell);
        }
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        var talking = teller;
        if (talking != null) {
            talking.interrupt();
        }
    }

    private void tell() {
        try {
            bob.play(bob.order(), settings.pace(), new Console(bob.address(), bob.key()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RestClientException trouble) {
            log.warn("Bob's story could not be told to its end: {}", trouble.getMessage());
        }
    }

    private record Console(String address, String key) implements Bob.Audience {

        @Override
        public void ordered(String trackingUrl) {
            log.info("");
            log.info("  Bob has ordered a pair of shoes. His letters lie in the mailbox: {}/mailbox", address);
            log.info("  His live page: {}", trackingUrl);
        }

        @Override
        public void happened(String milestone, String says) {
            log.info("  … {}: {}", milestone, says);
        }

        @Override
        public void arrived(String path) {
            log.info("  Six letters, each sent when it really happened. The whole record:");
            log.info("  curl -H \"Authorization: Bearer {}\" {}{}", key, address, path);
        }
    }
}
