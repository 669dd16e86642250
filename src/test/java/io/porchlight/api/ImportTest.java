package io.porchlight.api;

import static io.porchlight.api.Sender.milestone;
import static io.porchlight.api.Sender.order;
import static io.porchlight.api.Sender.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.api.Sender.Answer;
import io.porchlight.imports.Import.State;
import io.porchlight.imports.ImportedLine.Outcome;
import io.porchlight.imports.Imports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What was missed comes in as a file: each line once, and each refusal with the field to mend. */
@OverHttp
@TestConstructor(autowireMode = AutowireMode.ALL)
class ImportTest {

    private static final String HEADER =
            "orderId;placedAt;customer.id;customer.name;customer.email;lines[0].sku;lines[0].name;lines[0].quantity;"
                    + "id;name;occurredAt;details.parcel;details.note\r\n";

    private static int tests;

    private final Sender sender;
    private final Imports imports;
    private final JdbcClient jdbc;
    private final Environment environment;
    private String id = "";

    ImportTest(Sender sender, Imports imports, JdbcClient jdbc, Environment environment) {
        this.sender = sender;
        this.imports = imports;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    @BeforeEach
    void namesOfItsOwn() {
        id = "import-" + ++tests;
    }

    @Test
    void takesOrdersAndMilestonesInAnyOrder() {
        var answer =
                ndjson(happened("ws-1", "leather-cut") + "\n\n" + order(id) + "\r\n" + happened("ws-2", "shoes-made"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("finished");
        assertThat(answer.json().path("accepted").asLong()).isEqualTo(3);
        assertThat(answer.json().path("refusals")).isEmpty();
        assertThat(sender.get(path("bottega", id)).json().path("milestones").findValuesAsText("name"))
                .containsExactly("leather-cut", "shoes-made");
    }

    @Test
    void knowsARepeatWhicheverWayItCameFirst() {
        sender.places(order(id));
        sender.reports(id, milestone("ws-1", "leather-cut"));
        String file = order(id) + "\n" + happened("ws-1", "leather-cut") + "\n";

        assertThat(ndjson(file).json().path("duplicates").asLong()).isEqualTo(2);
        assertThat(ndjson(file).json().path("duplicates").asLong()).isEqualTo(2);
        assertThat(sender.get(path("bottega", id)).json().path("milestones")).hasSize(1);
    }

    @Test
    void refusesALineWithTheFieldToMendAndTakesTheOthers() {
        sender.places(order(id));
        var mail = order(id + "-b");
        ((ObjectNode) mail.path("customer")).put("email", "bob at example");
        var answer = ndjson(String.join(
                "\n",
                order(id).put("placedAt", "2026-11-21T10:00:01Z").toString(),
                mail.toString(),
                "{\"customer\":\"Bob Ros",
                "[1]",
                order(id + "-c").put("brand", "atelier").toString(),
                happened("ws-1", "Leather Cut").toString(),
                order(id + "-d").put("type", "refund").toString(),
                order(id + "-e").toString()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asLong()).isEqualTo(1);
        assertThat(answer.json().path("refused").asLong()).isEqualTo(7);
        assertThat(answer.json().path("refusals").findValuesAsText("line"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(answer.json().path("refusals").findValuesAsText("field"))
                .containsExactly("orderId", "customer.email", "body", "body", "brand", "name", "type");
        assertThat(answer.json().at("/refusals/1/reason").asText()).contains("must be one email address");
        assertThat(sender.get(path("bottega", id + "-b")).status()).isEqualTo(404);
        assertThat(sender.get(path("bottega", id + "-e")).status()).isEqualTo(200);
    }

    @Test
    void readsATableAsASpreadsheetWritesIt() {
        var answer = csv("\uFEFF" + HEADER
                + id + ";2026-11-21T10:00:00Z;c-1;\"Rossi; \"\"Bob\"\"\";bob@example.com;derby-42;Derby;1;;;;;\r\n"
                + ";;;;;;;;;;;;\r\n"
                + id + ";;;;;;;;ws-1;leather-cut;2026-11-22T08:00:00Z;A;\"two\nlines\"\r\n"
                + id + "-x;2026-11-21T10:00:00Z;c-1;Bob;bob@example.com;derby-42;Derby;many;;;;;\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asLong()).isEqualTo(2);
        assertThat(answer.json().at("/refusals/0/line").asLong()).isEqualTo(5);
        assertThat(answer.json().at("/refusals/0/field").asText()).isEqualTo("lines[0].quantity");
        var story = sender.get(path("bottega", id)).json();
        assertThat(story.at("/order/customer/name").asText()).isEqualTo("Rossi; \"Bob\"");
        assertThat(story.at("/milestones/0/parcel").asText()).isEqualTo("A");
    }

    @Test
    void readsNothingOfATableWithAColumnThatNobodyKnows() {
        var answer = csv("orderId,customer.mail\n1,bob@example.com\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").asText())
                .contains("customer.mail")
                .contains("docs/import.md");
        assertThat(answer.json().at("/import/lines").asLong()).isZero();
        assertThat(csv("sku,name\n1,2\n").json().path("detail").asText()).contains("\"sku\"");
        assertThat(csv("").json().path("detail").asText()).contains("empty");
    }

    @Test
    void saysHowFarATableCouldBeRead() {
        var answer = csv("orderId,id,name\n" + id + ",ws-1,leather-cut\n" + id + ",ws-2,\"shoes\"-made\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .contains("quotation mark")
                .contains("up to line 2");
        assertThat(answer.json().at("/import/accepted").asLong()).isEqualTo(1);

        var latin = send(
                "text/csv", "orderId,id,name\n1,2,\u00e8\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(latin.json().path("detail").asText()).contains("CSV UTF-8");
    }

    @Test
    void tellsHowFarAFileCameWhoseConnectionWasLost() throws IOException {
        String lines = IntStream.rangeClosed(1, 300)
                .mapToObj(number -> happened("ws-" + number, "leather-cut").toString())
                .collect(Collectors.joining("\n", "", "\n"));
        int port = Integer.parseInt(environment.getRequiredProperty("local.server.port"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var out = socket.getOutputStream();
            out.write(("POST /api/orders:import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key-of-bottega\r\n"
                            + "Content-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n" + lines
                            + "{\"orderId\":\"half a line")
                    .getBytes(UTF_8));
            out.flush();
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> imports.newest(1).getFirst().state() == State.BROKEN_OFF);
        var broken = imports.newest(1).getFirst();
        assertThat(broken.reason()).isEqualTo("The connection was lost");
        assertThat(broken.lastLine()).isEqualTo(300);
        assertThat(broken.accepted()).isEqualTo(300);

        var again = ndjson(lines);
        assertThat(again.json().path("duplicates").asLong()).isEqualTo(300);
    }

    @Test
    void tellsOfAReadingThatWasKilled() {
        jdbc.sql("""
                        insert into order_import (id, brand, sent_by, state, last_line, accepted, begun_at, moved_at)
                        values (:id, 'bottega', 'anna', 'RUNNING', 400, 400, :long, :long)
                        """)
                .param("id", id)
                .param("long", java.sql.Timestamp.valueOf("2026-01-01 10:00:00"))
                .update();

        var answer = sender.get("/api/imports/" + id);

        assertThat(answer.json().path("state").asText()).isEqualTo("broken-off");
        assertThat(answer.json().path("reason").asText()).contains("stopped");
        assertThat(answer.json().path("lastLine").asLong()).isEqualTo(400);
    }

    @Test
    void givesTheReportAsATableToItsOwnBrandOnly() {
        var answer =
                ndjson(order(id) + "\n" + order(id) + "\n" + order("=" + id).put("placedAt", "soon"));
        String report = answer.json().path("report").asText();

        var table = sender.get(report);
        assertThat(table.status()).isEqualTo(200);
        assertThat(table.type()).startsWith("text/csv");
        assertThat(table.body().lines())
                .containsExactly(
                        "line,outcome,orderId,milestoneId,field,reason",
                        "1,accepted," + id + ",,,",
                        "2,duplicate," + id + ",,,",
                        "3,refused,'=" + id + ",,placedAt,\"must be a moment, such as 2026-11-21T10:00:00Z\"");
        var spy = sender.send(sender.request(report).setHeader("Authorization", "Bearer key-of-atelier"));
        assertThat(spy.status()).isEqualTo(404);
        assertThat(sender.get("/api/imports/none").status()).isEqualTo(404);
    }

    @Test
    void keepsNothingInTheReportThatTellsOfAPerson() {
        var broken = "{\"customer\":{\"email\":\"bob@example.com\"}, Rossi";
        var odd = Sender.read("{\"bob@example.com\":\"\\ud83d\"}").put("orderId", id + "-odd");
        ndjson(order(id) + "\n" + broken + "\n" + odd + "\n" + order(id + "-b").put("country", "Rossi"));

        var rows = jdbc.sql("select * from import_line").query().listOfRows().toString()
                + jdbc.sql("select * from order_import").query().listOfRows();

        assertThat(rows).contains(id).doesNotContain("bob").doesNotContain("Rossi");
        assertThat(imports.lines(imports.newest(1).getFirst().id(), 0, Outcome.REFUSED, 10))
                .hasSize(3);
    }

    @Test
    void forgetsTheIdsOfAnErasedCustomersOrders() {
        var own = order(id);
        ((ObjectNode) own.path("customer")).put("id", "c-" + id);
        var answer = ndjson(own + "\n" + happened("ws-1", "leather-cut"));

        var erased =
                sender.send(sender.request("/api/customers/bottega/c-" + id).DELETE());

        assertThat(erased.status()).isBetween(200, 204);
        assertThat(imports.lines(answer.json().path("id").asText(), 0, null, 10))
                .hasSize(2)
                .allMatch(line -> line.orderId() == null && line.milestoneId() == null);
        assertThat(ndjson(own.toString()).json().at("/refusals/0/reason").asText())
                .contains("erased");
    }

    @Test
    void takesOnlyWhatItCanReadFromWhomItKnows() {
        assertThat(sender.post("/api/orders:import", "{}").status()).isEqualTo(415);
        assertThat(send("text/csv; charset=windows-1252", new byte[0]).status()).isEqualTo(415);
        assertThat(send("nonsense", new byte[0]).status()).isEqualTo(415);
        var stranger = sender.send(sender.request("/api/orders:import")
                .setHeader("Authorization", "Bearer nobody")
                .setHeader("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("orderId\n")));
        assertThat(stranger.status()).isEqualTo(401);
    }

    @Test
    void takesMoreThanOneOrderMayWeighButNoLineThatDoes() {
        String long2MiB = happened("ws-0", "leather-cut")
                .put("note", "x".repeat(2 * 1024 * 1024))
                .toString();
        String many = IntStream.range(0, 30)
                .mapToObj(number -> happened("ws-" + number, "shoes-made")
                        .put("note", "x".repeat(100_000))
                        .toString())
                .collect(Collectors.joining("\n"));

        var answer = ndjson(long2MiB + "\n" + many);

        assertThat(answer.json().path("accepted").asLong()).isEqualTo(30);
        assertThat(answer.json().at("/refusals/0/line").asLong()).isEqualTo(1);
        assertThat(answer.json().at("/refusals/0/reason").asText()).contains("longer than 2 MiB");
    }

    private ObjectNode happened(String milestoneId, String name) {
        return milestone(milestoneId, name).put("orderId", id).put("brand", "bottega");
    }

    private Answer ndjson(String lines) {
        return send("application/x-ndjson", lines.getBytes(UTF_8));
    }

    private Answer csv(String table) {
        return send("text/csv", table.getBytes(UTF_8));
    }

    private Answer send(String type, byte[] body) {
        return sender.post("/api/orders:import", BodyPublishers.ofByteArray(body), type);
    }
}
