package io.porchlight.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.ledger.Bounce.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mail servers mean by what they say. */
class DiagnosisTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown | HARD | 5.1.1",
                "550-5.1.1 The email account that you tried to reach does not exist | HARD | 5.1.1",
                "550 5.1.1 <nospam@example.com> unknown, not listed as spam | HARD | 5.1.1",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound | HARD | 5.1.10",
                "550 5.2.1 The account is disabled | HARD | 5.2.1",
                "552 5.2.2 mailbox full | SOFT | 5.2.2",
                "550 5.1.6 mailbox has moved | SOFT | 5.1.6",
                "550 5.1.11 no such code | SOFT | 5.1.11",
                "450 4.7.1 greylisted as spam | SOFT | 4.7.1",
                "550 no such user | SOFT | ",
                "550 5.7.1 relaying denied | POLICY | 5.7.1",
                "550 5.7.515 Access denied | POLICY | 5.7.515",
                "554 Message looks like SPAM | POLICY | ",
                "554 5.3.0 your host is on a blocklist | POLICY | 5.3.0",
                "550 5.4.1 <spam@example.com> no route | SOFT | 5.4.1",
                "550 mail from 10.5.1.1 refused | SOFT | ",
            })
    void readsTheServersReply(String reply, Kind kind, String code) {
        var diagnosis = Diagnosis.of(reply);

        assertThat(diagnosis.kind()).isEqualTo(kind);
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.text()).isEqualTo(reply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.1.1 | smtp; 550 no | HARD | 5.1.1",
                "5.1.1 | smtp; 550 5.7.1 blocked | HARD | 5.1.1",
                "5.0.0 | smtp; 550 5.1.1 user unknown | HARD | 5.1.1",
                "5.0.0 | smtp; 450 4.2.2 full | SOFT | 5.0.0",
                "4.0.0 | smtp; 550 5.1.1 user unknown | SOFT | 4.0.0",
                "4.4.7 | smtp; delivery time expired | SOFT | 4.4.7",
                "'' | smtp; 550 5.1.1 user unknown | HARD | 5.1.1",
                "rubbish | rubbish | SOFT | ",
                "5.1.1.1 | '' | SOFT | ",
                "9.1.1 | '' | SOFT | ",
            })
    void believesTheStatusUnlessTheTextIsMoreTelling(String status, String text, Kind kind, String code) {
        var diagnosis = Diagnosis.of(status, text);

        assertThat(diagnosis.kind()).isEqualTo(kind);
        assertThat(diagnosis.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | gone | HARD",
                "5.4.4 | no such host | HARD",
                "5.2.2 | full | SOFT",
                "4.4.7 | expired | SOFT",
                "5.7.1 | refused | POLICY",
                "'' | looks like spam | POLICY",
            })
    void believesAProviderThatItIsPermanentUnlessTheServerSaysMore(String status, String text, Kind kind) {
        assertThat(Diagnosis.permanent(status, text).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.515,true",
        "5.7.509,true",
        "5.7.26,true",
        "5.7.20,true",
        "5.7.1,false",
        "5.7.31,false",
        "5.1.1,false"
    })
    void knowsWhatIsAboutTheSender(String code, boolean about) {
        assertThat(Diagnosis.of("550 " + code + " no").aboutTheSender()).isEqualTo(about);
    }
}
