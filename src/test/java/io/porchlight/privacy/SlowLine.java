package io.porchlight.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A line to a mail server that can hold back the server's next answer to DATA, or to the final dot. */
final class SlowLine {

    /** An answer that is held back. */
    static final class Hold implements AutoCloseable {

        private final String to;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hold(String to) {
            this.to = to;
        }

        /** Waits until the server has given the answer, and the application does not know it. */
        void awaitReached() throws InterruptedException {
            if (!reached.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("No letter came as far as " + to);
            }
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
        }
    }

    private final ServerSocket door;
    private final int serverPort;
    private final AtomicReference<@Nullable Hold> next = new AtomicReference<>();

    SlowLine(int serverPort) {
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        this.serverPort = serverPort;
        Thread.ofPlatform().daemon().name("slow-line").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Holds back the next answer to DATA: the letter has not left. */
    Hold beforeTheLetter() {
        return hold("DATA");
    }

    /** Holds back the next answer to a final dot: the server has the letter. */
    Hold afterTheLetter() {
        return hold(".");
    }

    private Hold hold(String to) {
        var hold = new Hold(to);
        next.set(hold);
        return hold;
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                var last = new AtomicReference<>("");
                var inData = new AtomicBoolean();
                Thread.ofVirtual().start(() -> relay(client, server, line -> said(line, last, inData)));
                Thread.ofVirtual().start(() -> relay(server, client, line -> answered(line, last, inData)));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void said(String line, AtomicReference<String> last, AtomicBoolean inData) {
        if (inData.get() && line.equals(".")) {
            inData.set(false);
            last.set(".");
        } else if (!inData.get()) {
            last.set(line);
        }
    }

    private void answered(String line, AtomicReference<String> last, AtomicBoolean inData) {
        var hold = next.get();
        if (hold != null && hold.to.equals(last.get()) && next.compareAndSet(hold, null)) {
            hold.reached.countDown();
            await(hold);
        }
        if (line.startsWith("354")) {
            inData.set(true);
        }
    }

    private static void await(Hold hold) {
        try {
            if (!hold.released.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody released the line");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Ear {
        void hear(String line);
    }

    private static void relay(Socket from, Socket to, Ear ear) {
        try (from;
                to) {
            var in = new BufferedReader(new InputStreamReader(from.getInputStream(), ISO_8859_1));
            OutputStream out = to.getOutputStream();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                ear.hear(line);
                out.write((line + "\r\n").getBytes(ISO_8859_1));
                if (!in.ready()) {
                    out.flush();
                }
            }
        } catch (IOException over) {
            // One side hung up, so the other does.
        }
    }
}
