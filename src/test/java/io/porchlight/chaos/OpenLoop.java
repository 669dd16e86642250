package io.porchlight.chaos;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.porchlight.chaos.Stories.Posting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Senders that keep their pace whatever the answers do, with a new connection whenever none is free, and that come back with
 * what was not taken. How long an answer took counts from the moment when the post was due, so a slow answer hides nothing.
 */
final class OpenLoop implements AutoCloseable {

    /** What came back; status 0 when nothing did. */
    record Answer(int status, Duration took) {}

    static final String SECRET = "whsec_bG9hZCBvZiB0aGUgd2hvbGUgc2hvcA==";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ScheduledExecutorService pace = Executors.newScheduledThreadPool(2);
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Webhook webhook = new Webhook(SECRET);
    private final URI door;
    private final CountDownLatch taken;

    /** Begins at once. */
    OpenLoop(URI door, List<Posting> postings, int perSecond) {
        this.door = door;
        this.taken = new CountDownLatch(postings.size());
        long begin = System.nanoTime();
        for (int n = 0; n < postings.size(); n++) {
            at(begin + n * TimeUnit.SECONDS.toNanos(1) / perSecond, postings.get(n));
        }
    }

    private void at(long due, Posting posting) {
        var unused = pace.schedule(() -> post(due, posting), due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void post(long due, Posting posting) {
        var unused = http.sendAsync(request(posting), BodyHandlers.discarding())
                .whenComplete((answer, trouble) -> settle(due, posting, answer));
    }

    private void settle(long due, Posting posting, @Nullable HttpResponse<Void> answer) {
        int status = answer == null ? 0 : answer.statusCode();
        answers.add(new Answer(status, Duration.ofNanos(System.nanoTime() - due)));
        if (status == 200) {
            taken.countDown();
        } else {
            long pause = answer == null
                    ? 1
                    : answer.headers().firstValueAsLong("Retry-After").orElse(1);
            at(System.nanoTime() + TimeUnit.SECONDS.toNanos(pause), posting);
        }
    }

    private HttpRequest request(Posting posting) {
        long now = Instant.now().getEpochSecond();
        try {
            return HttpRequest.newBuilder(door)
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/json")
                    .header("webhook-id", posting.id())
                    .header("webhook-timestamp", Long.toString(now))
                    .header("webhook-signature", webhook.sign(posting.id(), now, posting.body()))
                    .POST(BodyPublishers.ofString(posting.body()))
                    .build();
        } catch (WebhookSigningException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits until everything was taken. */
    void awaitTaken(Duration longest) throws InterruptedException {
        if (!taken.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(taken.getCount() + " posts were never taken; the answers were " + statuses());
        }
    }

    /** Status to how often it was the answer. */
    Map<Integer, Integer> statuses() {
        var statuses = new TreeMap<Integer, Integer>();
        answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
        return statuses;
    }

    /** So many of a thousand answers came within this time. */
    Duration within(int perMille) {
        var sorted = answers.stream().map(Answer::took).sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * perMille / 1000));
    }

    @Override
    public void close() {
        pace.shutdownNow();
        http.close();
    }
}
