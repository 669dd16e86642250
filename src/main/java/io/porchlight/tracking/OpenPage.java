package io.porchlight.tracking;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * One page that a customer has open. It is told only that something happened, and fetches what; so all that a stream ever
 * carries fits into a socket's send buffer, and a reader who has fallen asleep cannot hold up the others.
 */
class OpenPage {

    private static final int MOST_EVENTS = 200;

    private final SseEmitter stream;
    private final AtomicInteger events = new AtomicInteger();

    private volatile Runnable ended = () -> {};

    OpenPage(Duration life) {
        stream = new SseEmitter(life.toMillis());
        stream.onTimeout(this::end);
    }

    SseEmitter stream() {
        return stream;
    }

    /** What to do when the page is gone; done at least once. */
    void onEnd(Runnable action) {
        ended = action;
        stream.onCompletion(action);
    }

    /** What the page should be showing; a page that was away fetches it. After a restart not all come back at once. */
    void show(String version) {
        long back = ThreadLocalRandom.current().nextLong(1_000, 5_000);
        send(SseEmitter.event().name("version").data(version).reconnectTime(back));
    }

    void change() {
        send(SseEmitter.event().name("change").data("1"));
    }

    void beat() {
        send(SseEmitter.event().name("beat").data("1"));
    }

    void end() {
        stream.complete();
        ended.run();
    }

    private void send(SseEventBuilder event) {
        try {
            if (events.incrementAndGet() > MOST_EVENTS) {
                end();
            } else {
                stream.send(event);
            }
        } catch (IOException | IllegalStateException gone) {
            // The customer has closed the page; the container ends the stream.
            ended.run();
        }
    }
}
