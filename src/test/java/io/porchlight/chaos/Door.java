package io.porchlight.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where connections come in: it can be shut, all who came in can be put out, and it opens again at the same port. */
final class Door implements AutoCloseable {

    private static final int QUEUE = 200;

    /** Looks after one connection until it is over. */
    @FunctionalInterface
    interface Host {
        void receive(Socket guest) throws IOException;
    }

    private final String name;
    private final Host host;
    private final Set<Socket> inside = ConcurrentHashMap.newKeySet();
    private int port;
    private @Nullable ServerSocket socket;
    private @Nullable Thread porter;

    /** Open from the beginning, at a free port; each guest is received on a virtual thread of its own. */
    Door(String name, Host host) {
        this.name = name;
        this.host = host;
        open();
    }

    synchronized int port() {
        return port;
    }

    synchronized void open() {
        if (socket != null) {
            return;
        }
        try {
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), QUEUE);
            port = opened.getLocalPort();
            socket = opened;
            porter = Thread.ofPlatform().daemon().name(name).start(() -> letIn(opened));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /**
     * Nobody comes in any more once this returns, and nobody is inside: the kernel lets guests in until the one who waits
     * for them has left.
     */
    synchronized void shut() {
        if (socket == null || porter == null) {
            return;
        }
        try {
            socket.close();
            porter.join();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        socket = null;
        porter = null;
        putOut();
    }

    /** Drops all connections; new ones are fine. */
    void putOut() {
        inside.forEach(Door::close);
    }

    private void letIn(ServerSocket opened) {
        try {
            while (true) {
                var guest = opened.accept();
                guest.setTcpNoDelay(true);
                inside.add(guest);
                Thread.ofVirtual().start(() -> receive(guest));
            }
        } catch (IOException shut) {
            // As wished.
        }
    }

    private void receive(Socket guest) {
        try (guest) {
            host.receive(guest);
        } catch (IOException over) {
            // The other side hung up, or we did.
        } finally {
            inside.remove(guest);
        }
    }

    private static void close(Socket guest) {
        try {
            guest.close();
        } catch (IOException alreadyClosed) {
            // As wished.
        }
    }

    @Override
    public void close() {
        shut();
    }
}
