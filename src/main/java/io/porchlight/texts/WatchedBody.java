package io.porchlight.texts;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BooleanSupplier;

/** The body of a request, which asks whether it may leave when the connection stands and the headers are out. */
class WatchedBody implements BodyPublisher {

    /** How far it came. */
    enum State {
        HERE,
        WITHHELD,
        LEFT
    }

    private final BodyPublisher body;
    private final BooleanSupplier leave;
    private volatile State state = State.HERE;

    WatchedBody(byte[] body, BooleanSupplier leave) {
        this.body = BodyPublishers.ofByteArray(body);
        this.leave = leave;
    }

    State state() {
        return state;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> line) {
        try {
            if (leave.getAsBoolean()) {
                state = State.LEFT;
                body.subscribe(line);
                return;
            }
            state = State.WITHHELD;
            keep(line, new IOException("It must not leave any more"));
        } catch (RuntimeException nobodyKnows) {
            keep(line, nobodyKnows);
        }
    }

    private static void keep(Subscriber<? super ByteBuffer> line, Exception why) {
        line.onSubscribe(new Nothing());
        line.onError(why);
    }

    private static class Nothing implements Subscription {

        @Override
        public void request(long parts) {
            // There is none.
        }

        @Override
        public void cancel() {
            // It never began.
        }
    }
}
