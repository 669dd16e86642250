package io.porchlight.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The line to a database or a broker: it can be cut, it can stall, and answers can get lost on it. */
final class Line implements AutoCloseable {

    /** PostgreSQL's "that is committed", as it looks on the line. */
    private static final String COMMITTED = "C\0\0\0\013COMMIT\0";

    private final int serverPort;
    private final Door door = new Door("line", this::connect);
    private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();
    private volatile boolean stalled;
    private volatile boolean deaf;

    Line(int serverPort) {
        this.serverPort = serverPort;
    }

    int port() {
        return door.port();
    }

    /** One connection through here. */
    private record Pair(Socket client, Socket server, AtomicReference<String> said) implements AutoCloseable {

        @Override
        public void close() {
            for (var end : new Socket[] {client, server}) {
                try {
                    end.close();
                } catch (IOException alreadyClosed) {
                    // As wished.
                }
            }
        }
    }

    /** An answer that will get lost, and its connection with it. */
    static final class Loss {

        private final String afterSaying;
        private final boolean ofCommit;
        private final CountDownLatch happened = new CountDownLatch(1);

        private Loss(String afterSaying, boolean ofCommit) {
            this.afterSaying = afterSaying;
            this.ofCommit = ofCommit;
        }

        /** Whether it has happened, after waiting a while. */
        boolean happensWithin(int seconds) throws InterruptedException {
            return happened.await(seconds, TimeUnit.SECONDS);
        }
    }

    /** All connections break, and there are no new ones. */
    void cut() {
        door.shut();
    }

    /** All connections break; new ones are fine. */
    void breakAll() {
        door.putOut();
    }

    /** Works as it should, always on the same port. */
    synchronized void mend() {
        loss.set(null);
        stalled = false;
        if (deaf) {
            deaf = false;
            breakAll();
        }
        door.open();
    }

    /** Nothing comes through in either direction until it is mended, and nobody notices. */
    void stall() {
        stalled = true;
    }

    /** What is asked is done, but no answer comes back until it is mended. */
    void loseAnswers() {
        deaf = true;
    }

    /** The next commit of a transaction in which this was said succeeds, but its connection dies before the answer. */
    Loss loseAnswerToCommitAfter(String said) {
        return lose(new Loss(said, true));
    }

    /** The next statement that contains this succeeds, but its connection dies before the answer. */
    Loss loseAnswerTo(String said) {
        return lose(new Loss(said, false));
    }

    private Loss lose(Loss next) {
        loss.set(next);
        return next;
    }

    private void connect(Socket client) throws IOException {
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        server.setTcpNoDelay(true);
        var pair = new Pair(client, server, new AtomicReference<>(""));
        Thread.ofVirtual().start(() -> relay(pair, server, client, false));
        relay(pair, client, server, true);
    }

    private void relay(Pair pair, Socket from, Socket to, boolean asking) {
        try (pair) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var bytes = new byte[64 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (stalled) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
                if (asking) {
                    listen(pair, new String(bytes, 0, read, ISO_8859_1));
                } else if (lost(pair, bytes, read)) {
                    return;
                }
                if (asking || !deaf) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException over) {
            // One side hung up, so the other does.
        }
    }

    /** Remembers what was said since the last commit; only while somebody wants to know. */
    private void listen(Pair pair, String said) {
        if (loss.get() != null) {
            pair.said().accumulateAndGet(said, String::concat);
        }
    }

    private boolean lost(Pair pair, byte[] bytes, int length) {
        var next = loss.get();
        if (next == null) {
            return false;
        }
        String answer = new String(bytes, 0, length, ISO_8859_1);
        boolean committed = answer.contains(COMMITTED);
        boolean meant = String.valueOf(pair.said().get()).contains(next.afterSaying) && (committed || !next.ofCommit);
        if (committed || !next.ofCommit) {
            pair.said().set("");
        }
        if (meant && loss.compareAndSet(next, null)) {
            next.happened.countDown();
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        cut();
    }
}
