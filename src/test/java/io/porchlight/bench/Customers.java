package io.porchlight.bench;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;

/**
 * Customers whose workshop posts a milestone only when the letter before it has arrived, as life does; else the gate would
 * rightly leave old news out.
 */
final class Customers {

    /** What the journey "Italian shoes" waits for, in this order; the order itself is step 0. */
    static final List<String> MILESTONES = List.of("leather-cut", "shoes-made", "at-warehouse", "shipped", "delivered");

    /** What was done, and how long it took from the answer to a post to the letter at the mail server. */
    record Round(int letters, double seconds, Times times) {}

    private static final long PATIENCE_SECONDS = 600;

    private final Poster poster;
    private final Map<String, Traveller> underway = new ConcurrentHashMap<>();
    private final AtomicInteger strays = new AtomicInteger();
    private volatile int note;
    private volatile ObjLongConsumer<String> watcher = (order, at) -> {};

    Customers(Poster poster, CountingSmtp smtp) {
        this.poster = poster;
        smtp.tell(this::arrived);
    }

    /** From now on each milestone brings a note of so many letters. */
    void note(int length) {
        note = length;
    }

    /** Tells of each post that was accepted, with the order and {@link System#nanoTime()}. */
    void watch(ObjLongConsumer<String> accepted) {
        watcher = accepted;
    }

    /** Letters that nobody waited for: a letter that came twice is one. */
    int strays() {
        return strays.get();
    }

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(n -> prefix + "-" + n).toList();
    }

    /** Takes orders from one step to another, so many at once. */
    Round travel(List<String> orders, int first, int last, int atOnce) throws InterruptedException {
        var trip = new Trip(orders, first, last, orders.size());
        for (int i = 0; i < Math.min(atOnce, orders.size()); i++) {
            trip.next();
        }
        return trip.end();
    }

    /** Posts one step after the other at a steady pace, whether or not the letters keep up. */
    Round steadily(List<String> orders, int first, double perSecond, int count) throws InterruptedException {
        var trip = new Trip(List.of(), first, first, count);
        for (int n = 0; n < count; n++) {
            long due = trip.began + (long) (n * 1e9 / perSecond);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            String id = orders.get(n % orders.size());
            while (underway.containsKey(id)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            int step = first + n / orders.size();
            new Traveller(id, step, step, trip).post();
        }
        return trip.end();
    }

    private void arrived(String to, long at) {
        var traveller = underway.get(to);
        if (traveller == null) {
            strays.incrementAndGet();
        } else {
            traveller.heard(at);
        }
    }

    private String order(String id) {
        return """
                {"brand":"bottega","orderId":"%1$s","placedAt":"%2$s",
                 "customer":{"id":"c-%1$s","name":"Bob Rossi","email":"%1$s@example.com","locale":"en-US",
                  "timeZone":"America/New_York","consent":{"marketing":true,"sms":false}},
                 "lines":[{"sku":"derby-42","name":"Derby shoes, oxblood","quantity":1,"tags":["italian-shoes"]},
                  {"sku":"cream-01","name":"Beeswax cream","quantity":1}],
                 "country":"US","value":{"amount":489.00,"currency":"EUR"}}
                """.formatted(id, Instant.now());
    }

    private String milestone(String name) {
        return "{\"id\":\"%1$s-1\",\"name\":\"%1$s\",\"details\":{\"note\":\"%2$s\"}}"
                .formatted(name, "A lovely hide, cut this morning. ".repeat(1 + note / 33).substring(0, note));
    }

    /** Some orders on their way. */
    private final class Trip {

        private final Queue<String> waiting;
        private final int first;
        private final int last;
        private final CountDownLatch left;
        private final Times times = new Times();
        private final long began = System.nanoTime();

        Trip(List<String> orders, int first, int last, int count) {
            this.waiting = new ArrayDeque<>(orders);
            this.first = first;
            this.last = last;
            this.left = new CountDownLatch(count);
        }

        synchronized void next() {
            var id = waiting.poll();
            if (id != null) {
                new Traveller(id, first, last, this).post();
            }
        }

        void finished() {
            left.countDown();
            next();
        }

        Round end() throws InterruptedException {
            if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(left.getCount() + " orders wait for a letter in vain, among them "
                        + underway.keySet().stream().limit(5).toList());
            }
            return new Round(times.size(), (System.nanoTime() - began) / 1e9, times);
        }
    }

    /** One order between two steps. */
    private final class Traveller {

        private final String id;
        private final int last;
        private final Trip trip;
        private final long[] accepted = new long[MILESTONES.size() + 1];
        private int step;

        Traveller(String id, int step, int last, Trip trip) {
            this.id = id;
            this.step = step;
            this.last = Math.max(step, last);
            this.trip = trip;
        }

        synchronized void post() {
            int posted = step;
            underway.put(id, this);
            if (step == 0) {
                poster.post("/api/orders", order(id), answer -> answered(posted, answer));
            } else {
                poster.post(
                        "/api/orders/bottega/" + id + "/milestones",
                        milestone(MILESTONES.get(step - 1)),
                        answer -> answered(posted, answer));
            }
        }

        private synchronized void answered(int posted, Poster.Answer answer) {
            if (answer.status() != 202) {
                System.err.println("Step " + posted + " of " + id + " was answered by " + answer.status());
            }
            accepted[posted] = answer.answered();
            watcher.accept(id, answer.answered());
        }

        synchronized void heard(long at) {
            trip.times.add(accepted[step] == 0 ? 0 : at - accepted[step]);
            if (step == last) {
                underway.remove(id);
                trip.finished();
            } else {
                step++;
                post();
            }
        }
    }
}
