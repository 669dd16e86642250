package io.porchlight.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.journeys.JourneysReady;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Plays Bob's story for many at once and then ends the application, whether it went well or not: a run in which Java sees what
 * every later one will do, and keeps which classes it took and what was worth compiling (JEP 514, JEP 515).
 */
@Component
@ConditionalOnProperty("porchlight.story.training")
class Training {

    private static final Logger log = LoggerFactory.getLogger(Training.class);

    /** Long enough that most letters have left when they are looked for: looking is not what is to be learned. */
    private static final Duration PACE = Duration.ofSeconds(3);

    private final ApplicationContext context;
    private final int orders;
    private final Bob bob;
    private final AtomicBoolean begun = new AtomicBoolean();

    Training(ApplicationContext context, @Value("${porchlight.story.training}") int orders, Bob bob) {
        this.context = context;
        this.orders = orders;
        this.bob = bob;
    }

    @EventListener
    void on(JourneysReady ready) {
        if (!begun.getAndSet(true)) {
            Thread.ofPlatform().name("training").start(this::train);
        }
    }

    private void train() {
        int code = SpringApplication.exit(context, allArrived() ? () -> 0 : () -> 1);
        // Nothing is left to be stopped, and what Java writes now may take longer than a stop may.
        Runtime.getRuntime().halt(code);
    }

    private boolean allArrived() {
        try {
            return playAll() == 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How many did not come to their end. */
    private int playAll() throws InterruptedException {
        try (var players = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = UUID.randomUUID();
            var plays = IntStream.range(0, orders)
                    .mapToObj(number -> play(order(run + "-" + number)))
                    .toList();
            var troubles = players.invokeAll(plays).stream()
                    .filter(play -> play.state() == Future.State.FAILED)
                    .map(Future::exceptionNow)
                    .toList();
            troubles.forEach(trouble ->
                    log.error("An order of the training run did not come to its end: {}", trouble.getMessage()));
            return troubles.size();
        }
    }

    /** Somebody else's each time, else the gate would say that one customer hears too much. */
    private ObjectNode order(String name) {
        var order = bob.order().put("orderId", name);
        ((ObjectNode) order.path("customer")).put("id", name).put("email", name + "@example.com");
        return order;
    }

    private Callable<ObjectNode> play(ObjectNode order) {
        return () -> {
            bob.play(order, PACE, new Bob.Audience() {});
            return order;
        };
    }
}
