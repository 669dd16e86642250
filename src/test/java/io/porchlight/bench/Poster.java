package io.porchlight.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts over connections that it keeps open, as cheaply as it can: what it costs is missing to what is measured. */
final class Poster implements AutoCloseable {

    /**
     * What came of a post.
     *
     * @param sent and
     * @param answered by {@link System#nanoTime()}
     */
    record Answer(int status, long sent, long answered) {}

    private record Task(byte[] request, Consumer<Answer> then) {}

    private static final String KEY = "local-development-key";

    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder toldToWait = new LongAdder();
    private final int port;

    Poster(int port, int connections) {
        this.port = port;
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform().name("poster").daemon().start(this::work));
        }
    }

    /** How often the answer was 429, come back later; each of them was posted again. */
    long toldToWait() {
        return toldToWait.sum();
    }

    void post(String path, String body, Consumer<Answer> then) {
        byte[] content = body.getBytes(UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] request = new byte[head.length + content.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        tasks.add(new Task(request, then));
    }

    /** Posts and waits for the answer. */
    Answer postNow(String path, String body) throws InterruptedException {
        var latch = new CountDownLatch(1);
        var answers = new Answer[1];
        post(path, body, answer -> {
            answers[0] = answer;
            latch.countDown();
        });
        latch.await();
        return answers[0];
    }

    private void work() {
        var line = new Line();
        try {
            while (true) {
                var task = tasks.take();
                task.then().accept(send(line, task.request()));
            }
        } catch (InterruptedException closed) {
            line.hangUp();
        }
    }

    private Answer send(Line line, byte[] request) throws InterruptedException {
        while (true) {
            long sent = System.nanoTime();
            try {
                int status = line.send(request);
                if (status != 429 && status != 503) {
                    return new Answer(status, sent, System.nanoTime());
                }
                toldToWait.increment();
                TimeUnit.SECONDS.sleep(Math.max(1, line.retryAfter));
            } catch (IOException broken) {
                line.hangUp();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    /** One connection, kept for as long as the server likes. */
    private final class Line {

        private @Nullable Socket socket;
        private @Nullable InputStream in;
        private int retryAfter;

        int send(byte[] request) throws IOException {
            if (socket == null) {
                var fresh = new Socket(InetAddress.getLoopbackAddress(), port);
                fresh.setTcpNoDelay(true);
                fresh.setSoTimeout(60_000);
                socket = fresh;
                in = new BufferedInputStream(fresh.getInputStream());
            }
            var open = socket;
            open.getOutputStream().write(request);
            return read(java.util.Objects.requireNonNull(in));
        }

        private int read(InputStream from) throws IOException {
            String status = line(from);
            int length = 0;
            boolean chunked = false;
            boolean last = false;
            for (String header = line(from); !header.isEmpty(); header = line(from)) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = lower.contains("chunked");
                } else if (lower.startsWith("connection:")) {
                    last = lower.contains("close");
                } else if (lower.startsWith("retry-after:")) {
                    retryAfter = Integer.parseInt(lower.substring(12).strip());
                }
            }
            if (chunked) {
                for (int size = chunk(from); size > 0; size = chunk(from)) {
                    from.skipNBytes(size + 2L);
                }
                line(from);
            } else {
                from.skipNBytes(length);
            }
            if (last) {
                hangUp();
            }
            return Integer.parseInt(status.substring(9, 12));
        }

        private int chunk(InputStream from) throws IOException {
            return Integer.parseInt(line(from).strip(), 16);
        }

        private String line(InputStream from) throws IOException {
            var line = new StringBuilder(64);
            for (int next = from.read(); next != '\n'; next = from.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        void hangUp() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException gone) {
                // That is what we want.
            }
            socket = null;
        }
    }
}
