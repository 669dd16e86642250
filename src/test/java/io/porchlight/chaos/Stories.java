package io.porchlight.chaos;

import io.porchlight.orders.JourneyKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a shop and its warehouse post in some minutes of a busy day, in the order in which they post it: orders, and later
 * that they are shipped and delivered. Now and then a milestone comes before its order, and now and then a sender that missed
 * our answer posts the same again.
 *
 * @param postings all of them, repeats too
 */
record Stories(List<Posting> postings) {

    /**
     * One post.
     *
     * @param id of the webhook; a repeat has that of the first
     * @param milestone its name; empty for the order itself
     */
    record Posting(String id, JourneyKey key, String milestone, String body) {}

    private record Timed(double at, Posting posting) {}

    private static final double EARLY = 0.02;
    private static final double REPEATED = 0.04;

    /** About so many posts. */
    static Stories of(int posts, long seed) {
        var random = new SplittableRandom(seed);
        int orders = (int) (posts / (3 * (1 + REPEATED)));
        var timed = new ArrayList<Timed>();
        for (int n = 0; n < orders; n++) {
            var key = new JourneyKey("bottega", "load-" + n);
            double placed = random.nextDouble(0.7);
            double shipped = placed + (random.nextDouble() < EARLY ? -0.002 : random.nextDouble(0.005, 0.15));
            double delivered = Math.max(placed, shipped) + random.nextDouble(0.005, 0.15);
            timed.add(new Timed(placed, order(key)));
            timed.add(new Timed(shipped, milestone(key, "shipped")));
            timed.add(new Timed(delivered, milestone(key, "delivered")));
        }
        List.copyOf(timed).stream()
                .filter(any -> random.nextDouble() < REPEATED)
                .forEach(again -> timed.add(new Timed(again.at() + 0.01, again.posting())));
        return new Stories(timed.stream()
                .sorted(Comparator.comparingDouble(Timed::at))
                .map(Timed::posting)
                .toList());
    }

    private static Posting order(JourneyKey key) {
        String data = Customers.order(key, Instant.now());
        return posting(key, "", "order.placed", data);
    }

    private static Posting milestone(JourneyKey key, String name) {
        return posting(
                key,
                name,
                "milestone.reached",
                "{\"orderId\":\"%s\",\"id\":\"%s-1\",\"name\":\"%s\"}".formatted(key.orderId(), name, name));
    }

    private static Posting posting(JourneyKey key, String milestone, String type, String data) {
        return new Posting(
                "msg_" + key.orderId() + "_" + type + "_" + milestone,
                key,
                milestone,
                "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":%s}".formatted(type, Instant.now(), data));
    }

    /** The ids of all signals, each once. */
    Set<String> ids() {
        return sorted(postings.stream().map(Posting::id));
    }

    Set<String> orders() {
        return sorted(postings.stream().map(posting -> posting.key().toString()));
    }

    /** Every milestone, as {@code key name}. */
    Set<String> milestones() {
        return sorted(postings.stream()
                .filter(posting -> !posting.milestone().isEmpty())
                .map(posting -> posting.key() + " " + posting.milestone()));
    }

    private static Set<String> sorted(Stream<String> texts) {
        return texts.collect(Collectors.toCollection(TreeSet::new));
    }
}
