package io.porchlight.bounces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A mail server that keeps every byte, and says no to whom it is told to. */
final class MailHost {

    /** A letter as it came over the line. */
    record Arrived(String envelopeFrom, String mailCommand, String to, String bytes) {

        byte[] content() {
            return bytes.getBytes(ISO_8859_1);
        }

        String text() {
            return new String(content(), UTF_8);
        }

        String header(String name) {
            String unfolded = text().substring(0, text().indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
            return unfolded.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket door;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private volatile boolean utf8 = true;

    MailHost() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofPlatform().daemon().name("mail-host").start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on it answers RCPT to this address so. */
    void refuse(String address, String reply) {
        refusals.put(address, reply);
    }

    void accept(String address) {
        refusals.remove(address);
    }

    /** Whether it says that it knows addresses beyond ASCII; hangs up, so that everybody hears it. */
    void offersUtf8(boolean offers) throws IOException {
        utf8 = offers;
        for (var client : clients) {
            client.close();
        }
        clients.clear();
    }

    List<Arrived> letters(String address) {
        return arrived.stream().filter(letter -> letter.to().equals(address)).toList();
    }

    /** How often somebody wanted to write to this address. */
    long asked(String address) {
        return asked.stream().filter(address::equals).count();
    }

    private void open() {
        try {
            while (true) {
                var client = door.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The tests are over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            say(client, "220 host ready");
            String mail = "";
            String to = "";
            for (var line = line(in); line != null; line = line(in)) {
                String verb = line.toUpperCase(Locale.ROOT);
                if (verb.startsWith("EHLO")) {
                    say(client, "250-host\r\n250-8BITMIME" + (utf8 ? "\r\n250-SMTPUTF8" : "") + "\r\n250 SIZE");
                } else if (verb.startsWith("MAIL FROM:")) {
                    mail = line;
                    say(client, "250 2.1.0 ok");
                } else if (verb.startsWith("RCPT TO:")) {
                    to = inBrackets(line);
                    asked.add(to);
                    say(client, refusals.getOrDefault(to, "250 2.1.5 ok"));
                } else if (verb.equals("DATA")) {
                    say(client, "354 go on");
                    arrived.add(new Arrived(inBrackets(mail), mail, to, new String(content(in), ISO_8859_1)));
                    say(client, "250 2.0.0 taken");
                } else if (verb.equals("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, "250 ok");
                }
            }
        } catch (IOException over) {
            // The other side hung up.
        }
    }

    private static String inBrackets(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static void say(Socket client, String answer) throws IOException {
        client.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        byte[] bytes = rawLine(in);
        return bytes.length == 0 ? null : new String(bytes, UTF_8).strip();
    }

    private static byte[] rawLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int last = -1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (last == '\r' && next == '\n') {
                break;
            }
            last = next;
        }
        return line.toByteArray();
    }

    private static byte[] content(InputStream in) throws IOException {
        var content = new ByteArrayOutputStream();
        for (byte[] line = rawLine(in); line.length > 0; line = rawLine(in)) {
            if (line.length == 3 && line[0] == '.') {
                return content.toByteArray();
            }
            int stuffed = line[0] == '.' ? 1 : 0;
            content.write(line, stuffed, line.length - stuffed);
        }
        throw new IOException("The line broke before the final dot");
    }
}
