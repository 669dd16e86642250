package io.porchlight.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was measured: a table, {@code report.json}, and a page with charts. */
final class Report {

    private static final Path FOLDER = Path.of("target/bench");
    private static final List<String> HEADS = List.of(
            "scenario", "database", "KB", "rounds", "median", "of", "to no-op", "app ms", "broker ms", "p50 ms", "p99 ms",
            "heap MB");

    private final List<Row> rows = new ArrayList<>();

    void add(Row row) {
        rows.add(rounded(row));
        System.out.println(line(rows.getLast()));
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Writes the files and prints the table. */
    void write() throws IOException {
        Files.createDirectories(FOLDER);
        var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        json.writeValue(FOLDER.resolve("report.json").toFile(), rows);
        Files.writeString(FOLDER.resolve("report.html"), page());
        System.out.println(String.format(Locale.ROOT, FORMAT, HEADS.toArray()));
        rows.forEach(row -> System.out.println(line(row)));
        System.out.println("See " + FOLDER.resolve("report.html").toAbsolutePath());
    }

    private static final String FORMAT = "%-26s %-10s %5s %6s %10s %-25s %8s %8s %9s %8s %8s %8s";

    private static String line(Row row) {
        return String.format(Locale.ROOT, FORMAT, cells(row).toArray());
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.scenario(),
                row.database(),
                text(row.letterKb()),
                Integer.toString(row.rounds()),
                text(row.median()),
                row.unit(),
                text(row.ratioToNoop()),
                text(row.appCpuMsPerLetter()),
                text(row.brokerCpuMsPerLetter()),
                text(row.p50Ms()),
                text(row.p99Ms()),
                text(row.heapMb()));
    }

    private static String text(@Nullable Double number) {
        return number == null ? "" : number >= 1000 ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    private static Row rounded(Row row) {
        return new Row(
                row.scenario(),
                row.database(),
                round(row.letterKb()),
                row.rounds(),
                round(row.median()),
                round(row.ratioToNoop()),
                round(row.appCpuMsPerLetter()),
                round(row.brokerCpuMsPerLetter()),
                round(row.p50Ms()),
                round(row.p99Ms()),
                round(row.heapMb()));
    }

    private static @Nullable Double round(@Nullable Double number) {
        if (number == null || number.isNaN()) {
            return null;
        }
        double unit = Math.abs(number) < 10 ? 1_000 : 10;
        return Math.round(number * unit) / unit;
    }

    private String page() {
        var html = new StringBuilder("""
                <!doctype html><html lang="en"><meta charset="utf-8"><title>What Porchlight costs</title>
                <style>body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
                table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{padding:.2rem .6rem;text-align:right}
                td:nth-child(-n+2),th:nth-child(-n+2){text-align:left}tr:nth-child(even){background:#f3efe8}
                svg{display:block;margin:.5rem 0 2rem}svg text{font:13px system-ui,sans-serif}</style>
                <h1>What Porchlight costs</h1>
                """);
        chart(html, "Throughput beside the engine's own limit (1 = the engine alone)", Row::ratioToNoop);
        chart(html, "CPU of the application per letter, ms", Row::appCpuMsPerLetter);
        chart(html, "CPU of the broker per letter, ms", Row::brokerCpuMsPerLetter);
        chart(html, "99 of 100 were at least as fast, ms", Row::p99Ms);
        html.append("<table><tr>");
        HEADS.forEach(head -> html.append("<th>").append(head).append("</th>"));
        for (var row : rows) {
            html.append("</tr>\n<tr>");
            cells(row).forEach(cell -> html.append("<td>").append(cell).append("</td>"));
        }
        return html.append("</tr></table></html>\n").toString();
    }

    private void chart(StringBuilder html, String title, Function<Row, @Nullable Double> value) {
        var shown = rows.stream().filter(row -> value.apply(row) != null).toList();
        double most = shown.stream().mapToDouble(row -> number(value.apply(row))).max().orElse(1);
        html.append("<h2>").append(title).append("</h2><svg width=\"900\" height=\"").append(shown.size() * 26);
        html.append("\" role=\"img\" aria-label=\"").append(title).append("\">\n");
        for (int i = 0; i < shown.size(); i++) {
            var row = shown.get(i);
            double number = number(value.apply(row));
            html.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%d\">%s</text><rect x=\"290\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#b45309\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                    i * 26 + 16,
                    name(row),
                    i * 26 + 2,
                    number / most * 500,
                    296 + number / most * 500,
                    i * 26 + 16,
                    text(number)));
        }
        html.append("</svg>\n");
    }

    private static String name(Row row) {
        return row.scenario() + ", " + row.database() + (row.letterKb() == null ? "" : ", " + row.letterKb() + " KB");
    }

    private static double number(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
