package io.porchlight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.chaos.Act.Moment;
import io.porchlight.chaos.Act.Say;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mail server does what its script says, and its record says what happened. */
class MailServerInTroubleTest {

    private final MailRecord record = new MailRecord(Clock.systemUTC());
    private final MailServerInTrouble server = new MailServerInTrouble(record);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void takesALetterAndWritesBothMomentsDown() throws IOException {
        assertThat(talk(
                        "EHLO a",
                        "MAIL FROM:<s@x>",
                        "RCPT TO:<bob@x>",
                        "DATA",
                        "Message-ID: <1@x>\r\n\r\nHi\r\n.",
                        "QUIT"))
                .isEqualTo("221 bye");
        assertThat(record.lines())
                .extracting(MailRecord.Line::kind)
                .containsExactly(MailRecord.Kind.DOT, MailRecord.Kind.ACCEPTED);
        assertThat(record.handedTo("bob@x"))
                .singleElement()
                .satisfies(handed -> assertThat(handed.dot().messageId()).isEqualTo("<1@x>"));
    }

    @Test
    void hasADotWithoutAnAcceptanceWhenItHangsUpInBetween() throws IOException {
        server.at(Moment.DOT, new Act.HangUp());
        assertThat(talk("EHLO a", "MAIL FROM:<s@x>", "RCPT TO:<bob@x>", "DATA", "Message-ID: <1@x>\r\n\r\n."))
                .isNull();
        assertThat(record.lines()).extracting(MailRecord.Line::kind).containsExactly(MailRecord.Kind.DOT);
    }

    @Test
    void refusesOnceAndThenBehaves() throws IOException {
        server.at(Moment.RCPT, "bob@x", new Say("451 4.3.0 later"));
        assertThat(talk("EHLO a", "MAIL FROM:<s@x>", "RCPT TO:<jane@x>")).startsWith("250");
        assertThat(talk("EHLO a", "MAIL FROM:<s@x>", "RCPT TO:<bob@x>")).isEqualTo("451 4.3.0 later");
        assertThat(talk("EHLO a", "MAIL FROM:<s@x>", "RCPT TO:<bob@x>")).startsWith("250");
    }

    @Test
    void hasNoPatienceWithWhoGoesOnWithABrokenConversation() throws IOException {
        assertThat(talk("EHLO a", "MAIL FROM:<s@x>", "MAIL FROM:<s@x>")).startsWith("503");
        assertThat(talk("EHLO a", "DATA")).startsWith("503");
    }

    @Test
    void canBeClosedAndComesBackAtTheSamePort() throws IOException {
        server.shut();
        Assertions.assertThatThrownBy(() -> talk("EHLO a")).isInstanceOf(ConnectException.class);
        server.open();
        assertThat(talk("EHLO a")).startsWith("250");
    }

    /** Says one thing after the other, and returns the last answer. */
    private @org.jspecify.annotations.Nullable String talk(String... said) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            var out = new PrintWriter(socket.getOutputStream(), true);
            var answer = in.readLine();
            for (var line : said) {
                out.print(line + "\r\n");
                out.flush();
                do {
                    answer = in.readLine();
                } while (answer != null && answer.length() > 3 && answer.charAt(3) == '-');
            }
            return answer;
        }
    }
}
