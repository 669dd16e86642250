package io.porchlight.signals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a signal says, in our words. The JSON in it is that of our own API, and is checked like it. */
public sealed interface Meaning {

    /**
     * An order as its shop knows it now.
     *
     * @param order as for {@code POST /api/orders}
     * @param names what else it is called
     * @param saidAt since when it is so, by the shop's clock; absent: since it was received
     * @param strict whether a field that is wrong speaks against the whole; else it is left out if we can do without
     * @param begins whether a journey begins when the order is not known yet; else the signal waits for its order
     */
    record OrderSaid(
            JsonNode order, List<String> names, @Nullable Instant saidAt, boolean strict, boolean begins)
            implements Meaning {}

    /**
     * Something happened.
     *
     * @param report as for {@code POST …/milestones}; the parcel is added when a tracking number names it
     */
    record Happened(About about, JsonNode report) implements Meaning {}

    /**
     * The promised days moved.
     *
     * @param change as for {@code POST …/promise}
     */
    record PromiseMoved(
            About about, JsonNode change, @Nullable Instant saidAt) implements Meaning {}

    /** True, but of no consequence here; the reason is a sentence for support. */
    record Nothing(String reason) implements Meaning {}

    /** A person must have a look; the reason is a sentence for support. */
    record Unclear(String reason) implements Meaning {}
}
