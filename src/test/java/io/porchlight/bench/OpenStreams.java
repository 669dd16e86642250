package io.porchlight.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;

/** Many customers who look at their page, as far as the network goes: one thread reads all their event streams. */
final class OpenStreams implements AutoCloseable {

    private record Reader(String order, StringBuilder text) {}

    private final Selector selector = Selector.open();
    private final AtomicInteger live = new AtomicInteger();
    private final ObjLongConsumer<String> changed;
    private final Thread thread;

    /** Tells of each change, with the order and {@link System#nanoTime()}. */
    OpenStreams(ObjLongConsumer<String> changed) throws IOException {
        this.changed = changed;
        this.thread = Thread.ofPlatform().name("browsers").daemon().unstarted(this::read);
    }

    /** Opens the live page of an order by the address that its letters have. */
    void open(int port, String order, String path) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var request = "GET " + path + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Reader(order, new StringBuilder()));
    }

    void listen(int expected) throws InterruptedException {
        thread.start();
        for (int waited = 0; live.get() < expected; waited++) {
            if (waited > 1_200) {
                throw new AssertionError("Only " + live.get() + " of " + expected + " pages are live");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void read() {
        var buffer = ByteBuffer.allocate(8_192);
        try {
            while (selector.isOpen() && selector.select() >= 0) {
                for (var key : List.copyOf(selector.selectedKeys())) {
                    read(key, buffer.clear());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException closed) {
            // The customers have gone home.
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        var reader = (Reader) key.attachment();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
                return;
            }
        } catch (IOException gone) {
            key.cancel();
            return;
        }
        reader.text().append(ISO_8859_1.decode(buffer.flip()));
        take(reader, "event:version", () -> live.incrementAndGet());
        take(reader, "event:change", () -> changed.accept(reader.order(), System.nanoTime()));
        reader.text().delete(0, Math.max(0, reader.text().length() - 12));
    }

    private static void take(Reader reader, String event, Runnable then) {
        for (int at = reader.text().indexOf(event); at >= 0; at = reader.text().indexOf(event)) {
            reader.text().delete(at, at + event.length());
            then.run();
        }
    }

    @Override
    public void close() {
        try {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
