package io.porchlight.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.porchlight.chaos.Act.Behave;
import io.porchlight.chaos.Act.Hang;
import io.porchlight.chaos.Act.HangUp;
import io.porchlight.chaos.Act.LastWords;
import io.porchlight.chaos.Act.Late;
import io.porchlight.chaos.Act.Moment;
import io.porchlight.chaos.Act.Say;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One SMTP conversation, from the banner to the end of the line. */
final class Conversation {

    private final MailServerInTrouble server;
    private final MailRecord record;
    private final BufferedReader in;
    private final OutputStream out;
    private @Nullable String sender;
    private @Nullable String recipient;

    Conversation(Socket line, MailServerInTrouble server, MailRecord record) throws IOException {
        this.server = server;
        this.record = record;
        this.in = new BufferedReader(new InputStreamReader(line.getInputStream(), ISO_8859_1));
        this.out = line.getOutputStream();
    }

    /** The line is to be closed. */
    private static final class Over extends IOException {}

    void run() throws IOException {
        answer(Moment.CONNECT, "220 trouble.example ESMTP");
        for (var command = in.readLine(); command != null; command = in.readLine()) {
            obey(command);
        }
    }

    private void obey(String command) throws IOException {
        String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO", "HELO" -> answer(Moment.EHLO, "250-trouble.example\r\n250-8BITMIME\r\n250 SMTPUTF8");
            case "MAIL" -> mail(command);
            case "RCPT" -> rcpt(command);
            case "DATA" -> data();
            case "RSET" -> {
                forget();
                write("250 forgotten");
            }
            case "NOOP" -> write("250 here");
            case "QUIT" -> {
                answer(Moment.QUIT, "221 bye");
                throw new Over();
            }
            default -> write("500 what is " + verb + "?");
        }
    }

    private void mail(String command) throws IOException {
        if (sender != null) {
            write("503 5.5.1 nested MAIL command");
        } else if (answer(Moment.MAIL, "250 2.1.0 fine")) {
            sender = address(command);
        }
    }

    private void rcpt(String command) throws IOException {
        if (sender == null) {
            write("503 5.5.1 MAIL first");
            return;
        }
        String wished = address(command);
        recipient = wished;
        if (!answer(Moment.RCPT, "250 2.1.5 fine")) {
            recipient = null;
        }
    }

    private void data() throws IOException {
        if (recipient == null) {
            write("503 5.5.1 RCPT first");
        } else if (answer(Moment.DATA, "354 go on")) {
            var letter = letter();
            var dot = record.dot(
                    String.valueOf(sender), recipient, header(letter, "Message-ID"), header(letter, "Subject"));
            settle(dot);
            forget();
        }
    }

    /** Writes "250" down before it is written out, so that the sender never knows more than the record. */
    private void settle(MailRecord.Line dot) throws IOException {
        var act = server.act(Moment.DOT, dot.recipient());
        if (act instanceof Say say) {
            record.refused(dot);
            write(say.reply());
            closeAfter(say.reply());
            return;
        }
        misbehave(act);
        record.accepted(dot);
        write("250 2.0.0 accepted as " + dot.letter());
    }

    private List<String> letter() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new Over();
            }
            lines.add(line);
            if (lines.size() == 5) {
                misbehave(server.act(Moment.TEXT, String.valueOf(recipient)));
            }
        }
        return lines;
    }

    /** Whether the sender may go on. */
    private boolean answer(Moment moment, String usual) throws IOException {
        var act = server.act(moment, recipient == null ? "" : recipient);
        if (act instanceof Say say) {
            write(say.reply());
            closeAfter(say.reply());
            return say.reply().charAt(0) < '4';
        }
        misbehave(act);
        write(usual);
        return true;
    }

    private void misbehave(Act act) throws IOException {
        switch (act) {
            case Behave well -> {}
            case Say said -> throw new IllegalStateException("Nothing can be said here: " + said);
            case Hang forever -> {
                while (in.read() >= 0) {
                    Thread.onSpinWait();
                }
                throw new Over();
            }
            case HangUp now -> throw new Over();
            case LastWords words -> {
                write(words.reply());
                throw new Over();
            }
            case Late late -> pause(late);
        }
    }

    private static void pause(Late late) {
        try {
            TimeUnit.NANOSECONDS.sleep(late.by().toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeAfter(String reply) throws Over {
        if (reply.startsWith("421")) {
            throw new Over();
        }
    }

    private void write(String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    private void forget() {
        sender = null;
        recipient = null;
    }

    private static String address(String command) {
        return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
    }

    private static String header(List<String> letter, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return letter.stream()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse("");
    }
}
