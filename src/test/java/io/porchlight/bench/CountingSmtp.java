package io.porchlight.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A mail server that takes every letter, keeps none, and says when it came. */
final class CountingSmtp implements AutoCloseable {

    /** Whoever waits for letters. */
    interface Listener {

        /**
         * A letter was taken.
         *
         * @param to what stands before the at-sign
         * @param at {@link System#nanoTime()} when the answer was on its way
         */
        void arrived(String to, long at);
    }

    private static final byte[] END = "\r\n.\r\n".getBytes(US_ASCII);

    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder letters = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final int port;
    private volatile Listener listener = (to, at) -> {};
    private volatile ServerSocket server;

    CountingSmtp() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        listen(server);
    }

    int port() {
        return port;
    }

    long letters() {
        return letters.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    void tell(Listener waiting) {
        listener = waiting;
    }

    /** From now on nobody answers. */
    void shut() throws IOException {
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    void openAgain() throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listen(server);
    }

    private void listen(ServerSocket open) {
        Thread.ofPlatform().name("smtp").daemon().start(() -> {
            while (!open.isClosed()) {
                try {
                    var connection = open.accept();
                    connection.setTcpNoDelay(true);
                    connections.add(connection);
                    Thread.ofPlatform().name("smtp-connection").daemon().start(() -> serve(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream(), 65_536);
            var out = connection.getOutputStream();
            answer(out, "220 bench ESMTP");
            String to = "";
            for (String line = line(in); line != null; line = line(in)) {
                String command = line.length() < 4 ? line : line.substring(0, 4);
                switch (command) {
                    case "EHLO" -> answer(out, "250-bench\r\n250-8BITMIME\r\n250 SMTPUTF8");
                    case "RCPT" -> {
                        to = line.substring(line.indexOf('<') + 1, line.lastIndexOf('@'));
                        answer(out, "250 ok");
                    }
                    case "DATA" -> {
                        answer(out, "354 go on");
                        bytes.add(skip(in));
                        answer(out, "250 taken");
                        letters.increment();
                        listener.arrived(to, System.nanoTime());
                    }
                    case "QUIT" -> {
                        answer(out, "221 bye");
                        return;
                    }
                    default -> answer(out, "250 ok");
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            // The other side hung up, or we are shut.
        } finally {
            connections.remove(connection);
        }
    }

    private static void answer(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder(80);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) next);
        }
        return null;
    }

    /** Reads past the final dot, and tells how much there was. */
    private static long skip(InputStream in) throws IOException {
        long read = 0;
        int matched = 2;
        while (matched < END.length) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up in the middle of a letter");
            }
            read++;
            matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        shut();
    }
}
