package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.Bounce.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as mail servers write them, and everything that looks like one. */
class ReportReaderTest {

    private static final String TO = "bounce+1@bottega.example";

    private final ReportReader reader = new ReportReader();

    @Test
    void readsWhatFailedAndWhen() {
        var report = read(Reports.delivery(TO, "failed", "5.1.1", "550 5.1.1 user\n    unknown"))
                .orElseThrow();

        assertThat(report.kind()).isEqualTo(Kind.HARD);
        assertThat(report.code()).isEqualTo("5.1.1");
        assertThat(report.text()).isEqualTo("smtp; 550 5.1.1 user unknown");
        assertThat(report.envelopes()).contains("<" + TO + ">");
        assertThat(report.at()).isEqualTo(Instant.parse("2026-11-23T08:00:00Z"));
    }

    @Test
    void readsItHoweverItIsWritten() {
        String report = Reports.delivery(TO, "Failed (by policy)", "5.1.1 (bad destination)", "550 no")
                .replace("Content-Type: message/delivery-status", "Content-Type: MESSAGE/Delivery-Status; charset=x")
                .replace("Action:", "ACTION :");

        assertThat(read(report).orElseThrow().kind()).isEqualTo(Kind.HARD);
        assertThat(read(report.replace("\n", "\r\n")).orElseThrow().kind()).isEqualTo(Kind.HARD);
        assertThat(read(report.replace("message/rfc822", "text/rfc822-headers"))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.HARD);
        assertThat(read(report.replace("MESSAGE/Delivery-Status", "message/global-delivery-status"))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.HARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "relayed", "expanded", "", "Fehlgeschlagen"})
    void whatHasNotFailedIsNoReport(String action) {
        assertThat(read(Reports.delivery(TO, action, "5.1.1", "550 5.1.1 x"))).isEmpty();
    }

    @Test
    void whereOneMailboxOfSeveralTookItTheFailureIsSoft() {
        String both = Reports.delivery(TO, "failed", "5.1.1", "550 5.1.1 unknown")
                .replace("\n\n--=_b\nContent-Type: message/rfc822", """


                        Final-Recipient: rfc822; other@example.com
                        Action: delivered
                        Status: 2.0.0

                        --=_b
                        Content-Type: message/rfc822""");

        assertThat(read(both).orElseThrow().kind()).isEqualTo(Kind.SOFT);
    }

    @Test
    void aDelayIsADelayWhateverItsCode() {
        assertThat(read(Reports.delivery(TO, "delayed", "5.1.1", "550 5.1.1 x"))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.DELAYED);
    }

    @Test
    void readsAComplaintWithItsRecipientRedacted() {
        var report = read(Reports.complaint("fbl@x.example", "abuse", TO, "<m-1@bottega.example>"))
                .orElseThrow();

        assertThat(report.kind()).isEqualTo(Kind.COMPLAINT);
        assertThat(report.envelopes()).contains("<" + TO + ">");
        assertThat(report.quoted()).containsExactly("<m-1@bottega.example>");
        assertThat(read(Reports.complaint("fbl@x.example", "not-spam", TO, "<m@b>")))
                .isEmpty();
    }

    @Test
    void findsAReportThatAGatewayHasWrapped() {
        assertThat(read(wrapped(Reports.delivery(TO, "failed", "5.1.1", "550 x"), 3)))
                .isPresent();
        assertThat(read(wrapped(Reports.delivery(TO, "failed", "5.1.1", "550 x"), 10)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\0\1\2",
                "Subject: hello\n\nHow are you?",
                "Content-Type: multipart/report\n\nno boundary",
                "Content-Type: multipart/report; boundary=\n\n--\n--",
                "Content-Type: multipart/report; boundary=\"a\n\n--a\nContent-Type: message/delivery-status\n\n--a--",
                "Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: ;;;\n\nx\n--a--",
                "Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: message/delivery-status\n\n",
                "Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: message/delivery-status\n\n:::\n\n:\n--a--",
                "Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: message/feedback-report\n\n--a--",
                "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n%%%%",
                "Date: yesterday\nTo: <<<>>>\nContent-Type: multipart/mixed; boundary=\"\"\n\n",
            })
    void rubbishIsNoReport(String mail) {
        assertThat(read(mail)).isEmpty();
    }

    @Test
    void aDelayedOrBrokenDateDoesNotMatter() {
        String report = Reports.delivery(TO, "failed", "5.1.1", "550 x").replaceAll("Date: Mon.*", "Date: someday");

        assertThat(read(report).orElseThrow().at()).isNull();
    }

    @Test
    void theSameReportHasTheSameNameAndAnotherAnother() {
        String report = Reports.delivery(TO, "failed", "5.1.1", "550 x");

        assertThat(read("Received: by another way\n" + report).orElseThrow().id())
                .isEqualTo(read(report).orElseThrow().id());
        assertThat(read(Reports.delivery(TO, "failed", "5.1.1", "550 x"))
                        .orElseThrow()
                        .id())
                .isNotEqualTo(read(report).orElseThrow().id());
    }

    @Test
    @Timeout(20)
    void isBoundedInSizeDepthAndParts() {
        String report = Reports.delivery(TO, "failed", "5.1.1", "550 x");
        assertThat(read(report + "x".repeat(ReportReader.MOST_BYTES))).isEmpty();
        assertThat(read(wrapped(report, 2_000))).isEmpty();
        String parts = "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nx\n".repeat(100_000) + "--a--\n";
        assertThat(read(parts)).isEmpty();
        assertThat(read("X: y\n".repeat(500_000) + "\n")).isEmpty();
        assertThat(read("To: " + "a".repeat(4_000_000) + "\n\n")).isEmpty();
    }

    @Test
    @Timeout(60)
    void aDamagedReportNeverBreaksAnything() {
        var random = new Random(7);
        byte[] report =
                Reports.delivery(TO, "failed", "5.1.1", "550 5.1.1 unknown").getBytes(UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = report.clone();
            for (int hit = 0; hit < 1 + i % 40; hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(requireNonNull(reader.read(damaged))).isNotNull();
        }
    }

    private Optional<Report> read(String mail) {
        return reader.read(mail.getBytes(ISO_8859_1));
    }

    private static String wrapped(String mail, int times) {
        String all = mail.substring(mail.indexOf("MIME-Version"));
        for (int i = 0; i < times; i++) {
            all = "Content-Type: multipart/mixed; boundary=w" + i + "\n\n--w" + i + "\n" + all + "\n--w" + i + "--\n";
        }
        return "To: <" + TO + ">\n" + all;
    }
}
