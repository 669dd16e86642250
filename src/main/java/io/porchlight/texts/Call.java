package io.porchlight.texts;

import io.porchlight.texts.Receipt.Broken;
import io.porchlight.texts.Receipt.NotNow;
import io.porchlight.texts.Receipt.Unanswered;
import io.porchlight.texts.Receipt.Unreached;
import io.porchlight.texts.Receipt.Withheld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A POST that tells whether it left. It has a connection of its own: one that was kept open may have been closed by the
 * other side, and then nobody could say whether the text arrived.
 */
class Call {

    /** What the provider said. */
    record Answer(int status, String body, Duration retryAfter) {}

    private static final int MOST_BYTES = 64 * 1024;
    private static final ScheduledExecutorService ALARMS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sms-alarm").factory());

    private final TextSettings settings;

    Call(TextSettings settings) {
        this.settings = settings;
    }

    /**
     * Posts a body.
     *
     * @param leave asked when the connection stands, just before the body is out
     * @param reading what an answer below 500 means; the others mean the same from everybody
     */
    Receipt post(HttpRequest.Builder request, byte[] body, BooleanSupplier leave, Function<Answer, Receipt> reading) {
        var watched = new WatchedBody(body, leave);
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        var reply = new Reply();
        var late = new AtomicBoolean();
        // Not by HttpClient's own means: they end with the answer's head, and its asynchronous ones need the common pool.
        var alarm = ALARMS.schedule(
                () -> {
                    late.set(true);
                    client.shutdownNow();
                },
                settings.connectTimeout().plus(settings.answerTimeout()).toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            client.send(request.POST(watched).build(), reply);
            return read(reply.answer(), reading);
        } catch (IOException broken) {
            return reply.begun() ? read(reply.answer(), reading) : unanswered(watched, broken, late.get());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return unanswered(watched, stopped, true);
        } finally {
            alarm.cancel(false);
            client.shutdownNow();
        }
    }

    private static Receipt read(Answer answer, Function<Answer, Receipt> reading) {
        return switch (answer.status()) {
            case 401 -> new Unreached("it does not accept our credentials (401)");
            // What stands between us and the provider gave up waiting, as we would have: the text may be there.
            case 504 -> new Unanswered("a gateway timed out (504)");
            case 408, 409, 425, 429 -> new NotNow("it asked to wait (" + answer.status() + ")", answer.retryAfter());
            default ->
                answer.status() >= 200 && answer.status() < 300 || answer.status() >= 400 && answer.status() < 500
                        ? reading.apply(answer)
                        : new NotNow("it answered " + answer.status(), answer.retryAfter());
        };
    }

    private static Receipt unanswered(WatchedBody body, Exception why, boolean late) {
        String story = late
                ? "no answer in time"
                : why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        return switch (body.state()) {
            case LEFT -> new Unanswered(story);
            case WITHHELD -> new Withheld();
            case HERE ->
                why instanceof ConnectException || why instanceof HttpConnectTimeoutException
                        ? new Unreached(story)
                        : new Broken(story);
        };
    }

    /** Keeps the beginning of an answer; a provider has no reason to say more. */
    private static class Reply implements BodyHandler<Void> {

        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private volatile @Nullable ResponseInfo info;

        @Override
        public BodySubscriber<Void> apply(ResponseInfo head) {
            info = head;
            return BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(this::hear));
        }

        private synchronized void hear(byte[] part) {
            said.write(part, 0, Math.min(part.length, MOST_BYTES - said.size()));
        }

        /** Whether the head of the answer is here, which says all that matters. */
        boolean begun() {
            return info != null;
        }

        synchronized Answer answer() {
            var head = info;
            if (head == null) {
                throw new IllegalStateException("No answer was heard");
            }
            long seconds = head.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,6}"))
                    .map(Long::valueOf)
                    .orElse(0L);
            return new Answer(head.statusCode(), said.toString(StandardCharsets.UTF_8), Duration.ofSeconds(seconds));
        }
    }
}
