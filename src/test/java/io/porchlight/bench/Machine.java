package io.porchlight.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a process has used, as Linux and its JVM tell it. */
final class Machine {

    private static final double MILLIS_PER_TICK = 10;
    private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private Machine() {}

    /** CPU time of all its threads, in milliseconds. */
    static double cpuMillis(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
        } catch (IOException unknown) {
            throw new UncheckedIOException("CPU time can be read on Linux only", unknown);
        }
    }

    /** Resident memory, in bytes. */
    static long resident(long pid) throws IOException {
        var found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        return found.find() ? Long.parseLong(found.group(1)) * 1024 : 0;
    }

    /** What lies in the heap right now, garbage included, in megabytes. */
    static double heapMb(long pid) throws IOException {
        var found = USED.matcher(jcmd(pid, "GC.heap_info"));
        if (!found.find()) {
            return Double.NaN;
        }
        double used = Double.parseDouble(found.group(1));
        return switch (found.group(2)) {
            case "K" -> used / 1024;
            case "G" -> used * 1024;
            default -> used;
        };
    }

    /** What is alive in the heap, in megabytes: measured after a full collection. */
    static double liveHeapMb(long pid) throws IOException {
        jcmd(pid, "GC.run");
        return heapMb(pid);
    }

    private static String jcmd(long pid, String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8);
        }
    }

    /** What lies in a folder, in bytes. */
    static long bytes(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
