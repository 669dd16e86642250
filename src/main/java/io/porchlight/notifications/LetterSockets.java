package io.porchlight.notifications;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one SMTP connection. They do not wait for more to send (Nagle against delayed ACK stalls each letter over
 * about 4 KB for 40 ms), and the time-out of the one in use can be changed.
 */
class LetterSockets extends SocketFactory {

    private @Nullable Socket current;

    @Override
    public Socket createSocket() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        current = socket;
        return socket;
    }

    /** How long the next answer may take. */
    void patience(Duration timeout) throws SocketException {
        if (current != null && !current.isClosed()) {
            current.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new UnsupportedOperationException("Angus connects its sockets itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new UnsupportedOperationException("Angus connects its sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }
}
