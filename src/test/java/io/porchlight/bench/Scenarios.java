package io.porchlight.bench;

import static io.porchlight.bench.Customers.names;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** What is measured of one running application. */
final class Scenarios {

    private static final int CONFIRMED = 0;
    private static final int DELIVERED = Customers.MILESTONES.size();
    private static final int LETTERS = DELIVERED + 1;
    private static final List<Integer> KILOBYTES = List.of(15, 60);
    private static final int CONNECTIONS = 16;

    /**
     * Where the application keeps what it knows.
     *
     * @param last whether it is the last one that is measured: what takes minutes is measured once
     * @param bytes how much there is on its disk
     */
    record Store(String name, boolean last, LongSupplier bytes) {}

    private final Store store;
    private final Launched app;
    private final CountingSmtp smtp;
    private final Sizes sizes;
    private final Report report;
    private final Poster poster;
    private final Customers customers;
    private final List<String> asleep = new ArrayList<>();
    private final Map<Integer, Integer> notes = new HashMap<>();

    Scenarios(Store store, Launched app, CountingSmtp smtp, Sizes sizes, Report report) {
        this.store = store;
        this.app = app;
        this.smtp = smtp;
        this.sizes = sizes;
        this.report = report;
        this.poster = new Poster(app.port(), CONNECTIONS);
        this.customers = new Customers(poster, smtp);
    }

    /** All that were asked for, the heaviest last. */
    void run() throws Exception {
        customers.travel(names("first", 1), CONFIRMED, DELIVERED, 1);
        try (var noop = new NoopEngine(app.grpcPort())) {
            noop.journeysPerSecond(sizes.warmUp(), sizes.atOnce());
            customers.travel(names("warm", sizes.warmUp()), CONFIRMED, DELIVERED, sizes.atOnce());
            when("idle", this::idle);
            when("end-to-end", () -> endToEnd(noop));
            when("latency", () -> latency("latency", sizes.rounds()));
            when("intake", this::intake);
            if (store.last()) {
                when("live-pages", this::livePages);
                when("sleeping", () -> sleeping(noop));
                when("burst", this::burst);
                when("restart", this::restart);
            }
            if (noop.rejections() > 0) {
                System.out.println("The broker refused " + noop.rejections() + " commands of the no-op limit");
            }
        } finally {
            poster.close();
        }
        if (poster.toldToWait() > 0) {
            System.out.println("Senders were told to wait " + poster.toldToWait() + " times");
        }
    }

    int strays() {
        return customers.strays();
    }

    private void when(String scenario, Step step) throws Exception {
        if (sizes.wants(scenario)) {
            step.run();
        }
    }

    private void idle() throws Exception {
        TimeUnit.SECONDS.sleep(Math.min(20, sizes.idleSeconds()));
        double before = Machine.cpuMillis(app.pid());
        TimeUnit.SECONDS.sleep(sizes.idleSeconds());
        double used = Machine.cpuMillis(app.pid()) - before;
        report.add(
                Row.of("idle", store.name(), used / sizes.idleSeconds() / 10).withHeap(Machine.liveHeapMb(app.pid())));
    }

    private void endToEnd(NoopEngine noop) throws Exception {
        var limits = new ArrayList<Double>();
        var limitCpu = new ArrayList<Double>();
        var sized = new ArrayList<Sized>();
        for (int kilobytes : KILOBYTES) {
            sized.add(sized(kilobytes));
        }
        for (int round = 0; round < sizes.rounds(); round++) {
            double cpu = Machine.cpuMillis(app.brokerPid());
            double limit = noop.journeysPerSecond(sizes.orders(), sizes.atOnce());
            limits.add(limit);
            limitCpu.add((Machine.cpuMillis(app.brokerPid()) - cpu) / sizes.orders() / LETTERS);
            for (var each : sized) {
                customers.note(each.note);
                each.measure(names("e" + each.kilobytes + "-" + round, sizes.orders()), limit);
            }
        }
        customers.note(0);
        report.add(new Row(
                "noop",
                store.name(),
                null,
                sizes.rounds(),
                Times.median(limits),
                1.0,
                null,
                Times.median(limitCpu),
                null,
                null,
                null));
        for (var each : sized) {
            report.add(each.row("end-to-end"));
            report.add(each.allocation());
        }
    }

    private Sized sized(int kilobytes) throws InterruptedException {
        if (!notes.containsKey(kilobytes)) {
            notes.put(kilobytes, noteFor(kilobytes));
        }
        return new Sized(kilobytes, notes.get(kilobytes));
    }

    /** How long a note makes the average letter so large; the letters' own words come first. */
    private int noteFor(int kilobytes) throws InterruptedException {
        double plain = averageBytes("plain-" + kilobytes, 0);
        double noted = averageBytes("noted-" + kilobytes, 20_000);
        int note = (int) Math.max(0, (kilobytes * 1024 - plain) / ((noted - plain) / 20_000));
        System.out.printf(
                "A letter of ours has %.1f KB; a note of %d characters makes it %d KB%n",
                plain / 1024, note, kilobytes);
        return note;
    }

    private double averageBytes(String name, int note) throws InterruptedException {
        customers.note(note);
        long before = smtp.bytes();
        customers.travel(names(name, 1), CONFIRMED, DELIVERED, 1);
        return (double) (smtp.bytes() - before) / LETTERS;
    }

    private void latency(String name, int rounds) throws Exception {
        int count = 20 * sizes.latencySeconds() / rounds;
        var speeds = new ArrayList<Double>();
        var ofApplication = new ArrayList<Double>();
        var ofBroker = new ArrayList<Double>();
        var times = new Times();
        for (int each = 0; each < rounds; each++) {
            var orders = names(name + each, Math.max(20, (count + DELIVERED - 1) / DELIVERED));
            customers.travel(orders, CONFIRMED, CONFIRMED, sizes.atOnce());
            var cpu = new Cpu();
            var round = customers.steadily(orders, 1, 20, count);
            speeds.add(round.letters() / round.seconds());
            ofApplication.add(cpu.application(round.letters()));
            ofBroker.add(cpu.broker(round.letters()));
            times.add(round.times());
        }
        report.add(new Row(
                        name,
                        store.name(),
                        null,
                        rounds,
                        Times.median(speeds),
                        null,
                        Times.median(ofApplication),
                        Times.median(ofBroker),
                        null,
                        null,
                        Machine.liveHeapMb(app.pid()))
                .with(times));
    }

    /** Many of those that sleep wake up at once. */
    private void burst() throws Exception {
        var orders = sleepers(sizes.burst());
        var over = new AtomicBoolean();
        try (var side = Executors.newSingleThreadExecutor()) {
            var most = side.submit(() -> {
                double seen = 0;
                while (!over.get()) {
                    seen = Math.max(seen, Machine.heapMb(app.pid()));
                    TimeUnit.SECONDS.sleep(1);
                }
                return seen;
            });
            var cpu = new Cpu();
            var round = customers.travel(orders, 1, 1, orders.size());
            over.set(true);
            report.add(new Row(
                            "burst",
                            store.name(),
                            null,
                            1,
                            round.seconds(),
                            null,
                            cpu.application(round.letters()),
                            cpu.broker(round.letters()),
                            null,
                            null,
                            most.get())
                    .with(round.times()));
            say("burst-letters", round.letters());
        }
    }

    /** What a letter costs while ever more orders wait for their next milestone, and what each of those takes. */
    private void sleeping(NoopEngine noop) throws Exception {
        long disk = Machine.bytes(app.home().resolve("broker"));
        long stored = store.bytes().getAsLong();
        long memory = Machine.resident(app.brokerPid());
        double heap = Machine.liveHeapMb(app.pid());
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(sizes.fillMinutes());
        for (int stage = 1_000; asleep.size() < sizes.waiting() && System.nanoTime() < end; stage *= 10) {
            fallAsleep(Math.min(stage, sizes.waiting()), end);
            awake(noop);
        }
        int count = asleep.size();
        say("sleeping-orders", count);
        say("sleeping-broker-disk", (double) (Machine.bytes(app.home().resolve("broker")) - disk) / count);
        say("sleeping-broker-memory", (double) (Machine.resident(app.brokerPid()) - memory) / count);
        say("sleeping-database-disk", (double) (store.bytes().getAsLong() - stored) / count);
        say("sleeping-application-heap", (Machine.liveHeapMb(app.pid()) - heap) * 1024 * 1024 / count);
        latency("sleeping-latency", 1);
    }

    /** Some orders travel while the others sleep. */
    private void awake(NoopEngine noop) throws Exception {
        double limit = noop.journeysPerSecond(sizes.orders(), sizes.atOnce());
        var sized = sized(KILOBYTES.getFirst());
        customers.note(sized.note);
        sized.measure(names("awake" + asleep.size(), sizes.orders()), limit);
        customers.note(0);
        report.add(sized.row("beside-" + asleep.size() + "-asleep"));
    }

    /** As many as are wanted, or as there is time for; the more at once, the less each costs. */
    private void fallAsleep(int wanted, long end) throws InterruptedException {
        while (asleep.size() < wanted && System.nanoTime() < end) {
            var some = names("asleep-" + asleep.size(), Math.min(3_000, wanted - asleep.size()));
            customers.travel(some, CONFIRMED, CONFIRMED, some.size());
            asleep.addAll(some);
        }
    }

    /** Orders that sleep and are woken now; those that are missing fall asleep first. */
    private List<String> sleepers(int count) throws InterruptedException {
        fallAsleep(count, Long.MAX_VALUE);
        var woken = asleep.subList(asleep.size() - count, asleep.size());
        var orders = List.copyOf(woken);
        woken.clear();
        return orders;
    }

    /** Letters are planned while the mail server is away; it is back when the application starts again. */
    private void restart() throws Exception {
        var orders = sleepers(sizes.planned());
        smtp.shut();
        try (var side = Executors.newSingleThreadExecutor()) {
            var round = side.submit(() -> customers.travel(orders, 1, 1, orders.size()));
            for (String order : List.of(orders.getFirst(), orders.get(orders.size() / 2), orders.getLast())) {
                while (app.order(order).path("notifications").size() < 2) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
            TimeUnit.SECONDS.sleep(2);
            long before = smtp.letters();
            app.startAgain();
            smtp.openAgain();
            while (smtp.letters() == before) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            say("restart-first-letter", (System.nanoTime() - app.startedAt()) / 1e9);
            round.get();
            say("restart-all-letters", (System.nanoTime() - app.startedAt()) / 1e9);
        }
    }

    /** Signals that are written down but wait for nothing in the engine: each with its commit on disk. */
    private void intake() throws Exception {
        var orders = names("intake", sizes.warmUp() * 2);
        customers.travel(orders, CONFIRMED, CONFIRMED, sizes.atOnce());
        var speeds = new ArrayList<Double>();
        var cpus = new ArrayList<Double>();
        var times = new Times();
        for (int round = 0; round < sizes.rounds(); round++) {
            double cpu = Machine.cpuMillis(app.pid());
            int count = takeIn(orders, "r" + round, times);
            speeds.add((double) count / sizes.intakeSeconds());
            cpus.add((Machine.cpuMillis(app.pid()) - cpu) / count);
            System.out.printf(
                    "%s round %d: %.0f signals/s, %.2f ms of CPU each%n",
                    store.name(), round + 1, speeds.getLast(), cpus.getLast());
        }
        report.add(new Row(
                        "intake",
                        store.name(),
                        null,
                        sizes.rounds(),
                        Times.median(speeds),
                        null,
                        Times.median(cpus),
                        null,
                        null,
                        null,
                        null)
                .with(times)
                .withHeap(Machine.liveHeapMb(app.pid())));
    }

    private int takeIn(List<String> orders, String prefix, Times times) throws InterruptedException {
        var free = new Semaphore(CONNECTIONS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(sizes.intakeSeconds());
        int count = 0;
        while (System.nanoTime() < end) {
            free.acquire();
            String body = "{\"id\":\"" + prefix + "-" + count + "\",\"name\":\"label-printed\",\"details\":{}}";
            poster.post("/api/orders/bottega/" + orders.get(count % orders.size()) + "/milestones", body, answer -> {
                times.add(answer.answered() - answer.sent());
                free.release();
            });
            count++;
        }
        free.acquire(CONNECTIONS);
        return count;
    }

    private void livePages() throws Exception {
        var orders = names("page", sizes.pages());
        customers.travel(orders, CONFIRMED, CONFIRMED, sizes.atOnce());
        double heap = Machine.liveHeapMb(app.pid());
        var accepted = new ConcurrentHashMap<String, Long>();
        var told = new ConcurrentHashMap<String, Long>();
        customers.watch(accepted::putIfAbsent);
        try (var streams = new OpenStreams(told::putIfAbsent)) {
            for (String order : orders) {
                var url = URI.create(app.order(order).path("trackingUrl").asText());
                streams.open(app.port(), order, url.getPath());
            }
            streams.listen(orders.size());
            double perPage = (Machine.liveHeapMb(app.pid()) - heap) * 1024 * 1024 / orders.size();
            int count = Math.min(orders.size(), 50 * sizes.pageSeconds());
            customers.steadily(orders, 1, 50, count);
            TimeUnit.SECONDS.sleep(1);
            var times = new Times();
            accepted.forEach((order, at) -> times.add(told.getOrDefault(order, Long.MAX_VALUE) - at));
            report.add(Row.of("live-pages", store.name(), perPage).with(times));
        } finally {
            customers.watch((order, at) -> {});
        }
    }

    private void say(String what, double number) {
        report.add(Row.of(what, store.name(), number));
    }

    /** Something that may fail. */
    private interface Step {
        void run() throws Exception;
    }

    /** What both processes use from now on. */
    private final class Cpu {

        private final double ofApplication = Machine.cpuMillis(app.pid());
        private final double ofBroker = Machine.cpuMillis(app.brokerPid());

        double application(int letters) {
            return (Machine.cpuMillis(app.pid()) - ofApplication) / letters;
        }

        double broker(int letters) {
            return (Machine.cpuMillis(app.brokerPid()) - ofBroker) / letters;
        }
    }

    /** The rounds with letters of one size. */
    private final class Sized {

        private final int kilobytes;
        private final int note;
        private final List<Double> speeds = new ArrayList<>();
        private final List<Double> ratios = new ArrayList<>();
        private final List<Double> ofApplication = new ArrayList<>();
        private final List<Double> ofBroker = new ArrayList<>();
        private final List<Double> allocated = new ArrayList<>();
        private Times times = new Times();
        private double bytes;

        Sized(int kilobytes, int note) {
            this.kilobytes = kilobytes;
            this.note = note;
        }

        void measure(List<String> orders, double limit) throws IOException, InterruptedException {
            long before = smtp.bytes();
            double given = app.allocatedKb();
            var cpu = new Cpu();
            var round = customers.travel(orders, CONFIRMED, DELIVERED, sizes.atOnce());
            double speed = orders.size() / round.seconds();
            speeds.add(speed);
            ratios.add(speed / limit);
            ofApplication.add(cpu.application(round.letters()));
            ofBroker.add(cpu.broker(round.letters()));
            allocated.add((app.allocatedKb() - given) / round.letters());
            System.out.printf(
                    "%s round %d: %d KB %.1f journeys/s, %.2f of the engine's %.1f; CPU per letter: application %.1f ms, broker %.1f ms%n",
                    store.name(),
                    speeds.size(),
                    kilobytes,
                    speed,
                    speed / limit,
                    limit,
                    ofApplication.getLast(),
                    ofBroker.getLast());
            bytes = (double) (smtp.bytes() - before) / round.letters();
            times = round.times();
        }

        Row row(String scenario) throws IOException {
            return new Row(
                            scenario,
                            store.name(),
                            bytes / 1024,
                            speeds.size(),
                            Times.median(speeds),
                            Times.median(ratios),
                            Times.median(ofApplication),
                            Times.median(ofBroker),
                            null,
                            null,
                            Machine.liveHeapMb(app.pid()))
                    .with(times);
        }

        /** What the application's heap gives out for a letter and all that leads to it. */
        Row allocation() {
            return Row.of("allocation", store.name(), bytes / 1024, speeds.size(), Times.median(allocated));
        }
    }
}
