package io.porchlight.bench;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is measured; each by a property {@code bench.<name>}, and all of them small with {@code -Dbench.smoke}.
 *
 * @param atOnce orders that travel at the same time
 * @param waiting orders that sleep while others travel
 * @param fillMinutes how long it may take until they sleep; on a slow machine fewer than wanted do, and the report says how many
 * @param planned letters that wait in the ledger when the application is started again
 * @param only the scenarios to run; all when empty
 */
record Sizes(
        int rounds,
        int orders,
        int atOnce,
        int warmUp,
        int latencySeconds,
        int burst,
        int waiting,
        int fillMinutes,
        int planned,
        int intakeSeconds,
        int pages,
        int pageSeconds,
        int idleSeconds,
        Set<String> only,
        Set<String> databases) {

    static Sizes wanted() {
        boolean smoke = System.getProperty("bench.smoke") != null;
        return new Sizes(
                size("rounds", smoke ? 1 : 5),
                size("orders", smoke ? 60 : 200),
                size("atOnce", smoke ? 16 : 64),
                size("warmUp", smoke ? 40 : 600),
                size("latencySeconds", smoke ? 8 : 50),
                size("burst", smoke ? 100 : 10_000),
                size("waiting", smoke ? 200 : 100_000),
                size("fillMinutes", 16),
                size("planned", smoke ? 60 : 5_000),
                size("intakeSeconds", smoke ? 3 : 10),
                size("pages", smoke ? 100 : 2_000),
                size("pageSeconds", smoke ? 4 : 30),
                size("idleSeconds", smoke ? 5 : 30),
                names("only", ""),
                names("databases", smoke ? "H2" : "H2,PostgreSQL"));
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }

    private static int size(String name, int usual) {
        return Integer.getInteger("bench." + name, usual);
    }

    private static Set<String> names(String name, String usual) {
        return Arrays.stream(System.getProperty("bench." + name, usual).split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toSet());
    }
}
