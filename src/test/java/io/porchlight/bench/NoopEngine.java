package io.porchlight.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What the engine alone can do: the same drawing with other names, workers that do nothing, the same closed loop of orders.
 * The decision that chooses the journey is left out, so the limit is a little higher than what any application could reach.
 */
final class NoopEngine implements AutoCloseable {

    private static final String MARK = "noop-";
    private static final List<String> JOBS = List.of("adopt-journey", "journey-ended", "send-notification");

    private final CamundaClient client;
    private final LongAdder rejections = new LongAdder();
    private final AtomicInteger run = new AtomicInteger();
    private final Map<String, Integer> letters = new ConcurrentHashMap<>();
    private volatile CountDownLatch left = new CountDownLatch(0);
    private final AtomicInteger waiting = new AtomicInteger();

    NoopEngine(int grpcPort) throws IOException {
        client = CamundaClient.newClientBuilder()
                .grpcAddress(URI.create("http://127.0.0.1:" + grpcPort))
                .restAddress(URI.create("http://127.0.0.1:1"))
                .preferRestOverGrpc(false)
                .numJobWorkerExecutionThreads(2)
                .defaultRequestTimeout(Duration.ofSeconds(20))
                .build();
        client.newDeployResourceCommand()
                .addResourceBytes(drawing().getBytes(UTF_8), "noop.bpmn")
                .send()
                .join();
        work("adopt-journey", List.of("journeyKey"), (jobs, job) -> complete(jobs, job, () -> {}));
        work(
                "send-notification",
                List.of("journeyKey", "milestone", "occurrence", "parcel"),
                (jobs, job) -> complete(jobs, job, () -> goOn((String) job.getVariable("journeyKey"))));
        work("journey-ended", List.of("journeyKey"), (jobs, job) -> complete(jobs, job, this::ended));
    }

    private static String drawing() throws IOException {
        String drawing = Files.readString(Path.of("bpmn/italian-shoes.bpmn"))
                .replace("process id=\"italian-shoes\"", "process id=\"" + MARK + "italian-shoes\"")
                .replace("bpmnElement=\"italian-shoes\"", "bpmnElement=\"" + MARK + "italian-shoes\"");
        for (String job : JOBS) {
            drawing = drawing.replace("type=\"" + job + "\"", "type=\"" + MARK + job + "\"");
        }
        return drawing;
    }

    private void work(String type, List<String> variables, JobHandler handler) {
        client.newWorker()
                .jobType(MARK + type)
                .handler(handler)
                .maxJobsActive(64)
                .timeout(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .streamEnabled(true)
                .fetchVariables(variables)
                .open();
    }

    /** Lets so many orders travel, so many at once, and tells how many a second came home. */
    double journeysPerSecond(int orders, int atOnce) throws InterruptedException {
        left = new CountDownLatch(orders);
        waiting.set(orders);
        int thisRun = run.incrementAndGet();
        long began = System.nanoTime();
        for (int i = 0; i < Math.min(atOnce, orders); i++) {
            begin(thisRun);
        }
        if (!left.await(10, TimeUnit.MINUTES)) {
            throw new AssertionError(left.getCount() + " journeys of the no-op limit do not come to their end");
        }
        return orders / ((System.nanoTime() - began) / 1e9);
    }

    /** How often the broker refused a command; each of them was sent again. */
    long rejections() {
        return rejections.sum();
    }

    private void begin(int thisRun) {
        int number = waiting.getAndDecrement();
        if (number > 0) {
            var facts = Map.<String, Object>of(
                    "journeyKey", MARK + thisRun + ":" + number,
                    "brand", "bottega",
                    "tags", List.of("italian-shoes"),
                    "country", "US",
                    "orderValue", 489.00);
            again(() -> client.newCreateInstanceCommand()
                    .bpmnProcessId(MARK + "italian-shoes")
                    .latestVersion()
                    .variables(facts)
                    .send(), () -> {});
        }
    }

    private void goOn(String key) {
        int step = letters.merge(key, 1, Integer::sum);
        if (step <= Customers.MILESTONES.size()) {
            String name = Customers.MILESTONES.get(step - 1);
            again(() -> client.newPublishMessageCommand()
                    .messageName(name)
                    .correlationKey(key)
                    .messageId(key + ":" + name)
                    .timeToLive(Duration.ofDays(7))
                    .variables(Map.of("milestone", name, "occurrence", 1, "parcel", "-"))
                    .send(), () -> {});
        } else {
            letters.remove(key);
        }
    }

    private void ended() {
        left.countDown();
        begin(run.get());
    }

    private void complete(JobClient jobs, ActivatedJob job, Runnable then) {
        again(() -> jobs.newCompleteCommand(job).send(), then);
    }

    private void again(Supplier<? extends CompletionStage<?>> command, Runnable then) {
        var unused = command.get().handle((done, trouble) -> {
            if (trouble == null) {
                then.run();
            } else if (!String.valueOf(trouble.getMessage()).contains("NOT_FOUND")
                    && !String.valueOf(trouble.getMessage()).contains("ALREADY_EXISTS")) {
                rejections.increment();
                CompletableFuture.delayedExecutor(
                                ThreadLocalRandom.current().nextInt(20, 60), TimeUnit.MILLISECONDS)
                        .execute(() -> again(command, then));
            }
            return done;
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
