package io.porchlight.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report; what was not measured is absent.
 *
 * @param median of all rounds; {@link #unit()} says of what
 * @param ratioToNoop the median of each round divided by the no-op limit measured just before it
 * @param heapMb alive after a full collection, but the most that was seen for the burst
 */
record Row(
        String scenario,
        String database,
        @Nullable Double letterKb,
        int rounds,
        @Nullable Double median,
        @Nullable Double ratioToNoop,
        @Nullable Double appCpuMsPerLetter,
        @Nullable Double brokerCpuMsPerLetter,
        @Nullable Double p50Ms,
        @Nullable Double p99Ms,
        @Nullable Double heapMb) {

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("noop", "journeys/s"),
            Map.entry("end-to-end", "journeys/s"),
            Map.entry("allocation", "KB per letter"),
            Map.entry("latency", "letters/s"),
            Map.entry("burst", "s until all letters left"),
            Map.entry("burst-letters", "letters"),
            Map.entry("sleeping-orders", "orders"),
            Map.entry("sleeping-latency", "letters/s"),
            Map.entry("sleeping-broker-disk", "bytes per order"),
            Map.entry("sleeping-broker-memory", "bytes per order"),
            Map.entry("sleeping-database-disk", "bytes per order"),
            Map.entry("sleeping-application-heap", "bytes per order"),
            Map.entry("restart-first-letter", "s after the start"),
            Map.entry("restart-all-letters", "s after the start"),
            Map.entry("intake", "signals/s"),
            Map.entry("live-pages", "heap bytes per page"),
            Map.entry("idle", "% of one core"));

    String unit() {
        return scenario.startsWith("beside-") ? "journeys/s" : UNITS.getOrDefault(scenario, "");
    }

    /** A line that says one number. */
    static Row of(String scenario, String database, double number) {
        return of(scenario, database, null, 1, number);
    }

    /** A line that says the median of some rounds with letters of one size. */
    static Row of(String scenario, String database, @Nullable Double letterKb, int rounds, double median) {
        return new Row(scenario, database, letterKb, rounds, median, null, null, null, null, null, null);
    }

    Row with(Times times) {
        return new Row(
                scenario,
                database,
                letterKb,
                rounds,
                median,
                ratioToNoop,
                appCpuMsPerLetter,
                brokerCpuMsPerLetter,
                times.percentile(50),
                times.percentile(99),
                heapMb);
    }

    Row withHeap(double megabytes) {
        return new Row(
                scenario,
                database,
                letterKb,
                rounds,
                median,
                ratioToNoop,
                appCpuMsPerLetter,
                brokerCpuMsPerLetter,
                p50Ms,
                p99Ms,
                megabytes);
    }
}
