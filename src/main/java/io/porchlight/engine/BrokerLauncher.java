package io.porchlight.engine;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts broker processes for one home, and ends those that an earlier run left behind. */
final class BrokerLauncher {

    private static final Logger log = LoggerFactory.getLogger(BrokerLauncher.class);

    private static final String LOOPBACK = "127.0.0.1";

    /** How long a broker may take to end; and if it writes down what Java has learned of it. */
    private static final Duration ENDED = Duration.ofSeconds(10);

    private static final Duration LEARNED = Duration.ofMinutes(3);

    /** All that the broker inherits: a developer's SERVER_PORT, SPRING_… or ZEEBE_… is meant for someone else. */
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SystemRoot", "TEMP", "USERPROFILE");

    private final EngineSettings settings;
    private final BrokerHome home;

    BrokerLauncher(EngineSettings settings, BrokerHome home) {
        this.settings = settings;
        this.home = home;
        if (!Files.isDirectory(settings.distribution().resolve("lib"))) {
            throw new DistributionMissing(settings.distribution());
        }
    }

    Broker launch() throws IOException {
        home.prepare();
        var builder = new ProcessBuilder(command())
                .directory(home.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.log().toFile());
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment());
        var health = URI.create("http://%s:%d/actuator/health/status".formatted(LOOPBACK, settings.managementPort()));
        return new Broker(builder.start(), health, home, settings.training() ? LEARNED : ENDED);
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        // In a process group of its own, Ctrl-C in the terminal reaches us only, and we stop the broker last.
        if (onPath("setsid")) {
            command.add("setsid");
        }
        command.add(settings.java());
        command.addAll(signature());
        command.addAll(learned());
        command.add("-Xmx" + settings.heap().toBytes());
        // G1's own threads compete with the broker's on two cores: a quarter more journeys with the simplest collector.
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Djava.io.tmpdir=" + home.temporary());
        command.addAll(List.of("-cp", settings.distribution().resolve("lib") + File.separator + "*"));
        command.add("io.camunda.application.StandaloneBroker");
        return command;
    }

    /** With it a broker starts in two thirds of the time; Java leaves it alone if it is not its own (JEP 514, since JDK 25). */
    private List<String> learned() {
        var cache = settings.distribution().resolve("broker.aot");
        if (!settings.training() && Files.notExists(cache)) {
            return List.of();
        }
        var option = settings.training() ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=";
        return List.of("-XX:+IgnoreUnrecognizedVMOptions", option + cache);
    }

    /** Comes first in the command line, because Java shows only the first 4,096 bytes of another process's. */
    private List<String> signature() {
        return List.of("-Dporchlight.home=" + home.home(), "-Dapp.name=broker");
    }

    /** Settings by the names that Camunda 8.6 gives them; two threads in all are the fastest on a developer's machine. */
    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("SERVER_ADDRESS", LOOPBACK),
                Map.entry("SERVER_PORT", text(settings.restPort())),
                Map.entry("MANAGEMENT_SERVER_ADDRESS", LOOPBACK),
                Map.entry("MANAGEMENT_SERVER_PORT", text(settings.managementPort())),
                Map.entry("MANAGEMENT_METRICS_ENABLE_ALL", "false"),
                Map.entry("ZEEBE_BROKER_NETWORK_HOST", LOOPBACK),
                Map.entry("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", text(settings.commandPort())),
                Map.entry("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", text(settings.internalPort())),
                Map.entry("ZEEBE_BROKER_GATEWAY_NETWORK_HOST", LOOPBACK),
                Map.entry("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", text(settings.grpcPort())),
                Map.entry("ZEEBE_BROKER_THREADS_CPUTHREADCOUNT", "1"),
                Map.entry("ZEEBE_BROKER_THREADS_IOTHREADCOUNT", "1"),
                // By Camunda's measure, 200 ms for a command, a broker on a small machine is always too busy: it
                // refused one command in four and did no more for it. We adapt, and nobody else talks to it.
                Map.entry("ZEEBE_BROKER_BACKPRESSURE_AIMD_REQUESTTIMEOUT", "1s"),
                // What an older order does looks past the tombstones of all newer ones until they are compacted. With
                // the usual 512 MB that is seldom, and took half of a busy broker's time.
                Map.entry("ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYLIMIT", "32MB"),
                Map.entry("ZEEBE_BROKER_DATA_DIRECTORY", home.data().toString()),
                // Camunda wants 2 GB free, else it rejects every command: too much for a nearly full laptop.
                Map.entry("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "256MB"),
                Map.entry("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "128MB"));
    }

    private static String text(int port) {
        return Integer.toString(port);
    }

    private static boolean onPath(String executable) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, executable)));
    }

    /** Ends brokers of this home whose Porchlight was killed; they are never adopted. */
    void endLeftovers() throws InterruptedException {
        var leftovers = ProcessHandle.allProcesses().filter(this::isOfThisHome).toList();
        for (var leftover : leftovers) {
            log.info("Ending the Camunda broker (process {}) that an earlier run left behind …", leftover.pid());
            Broker.end(leftover, ENDED);
        }
    }

    private boolean isOfThisHome(ProcessHandle process) {
        var signature = " " + String.join(" ", signature()) + " ";
        return process.info().commandLine().orElse("").contains(signature);
    }
}
