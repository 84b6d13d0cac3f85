package dev.wonflow.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets for the driver in the engine, which makes this by its name; TLS, if any, is layered over them. */
public final class RestingSockets extends SocketFactory {

    private final Rest rest;

    /** @param run name of the run they are for */
    public RestingSockets(String run) {
        this(Rest.of(run));
    }

    RestingSockets(Rest rest) {
        this.rest = rest;
    }

    @Override
    public Socket createSocket() throws IOException {
        return new RestingSocket(new RestingChannel(rest));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    private Socket connected(@Nullable SocketAddress from, SocketAddress to) throws IOException {
        Socket socket = createSocket();
        try {
            if (from != null) {
                socket.bind(from);
            }
            socket.connect(to);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Closes its channel even if it was never connected, which a socket does not do by itself. */
    private static final class RestingSocket extends Socket {

        private final RestingChannel channel;

        RestingSocket(RestingChannel channel) throws IOException {
            super(channel);
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                channel.close();
            }
        }
    }
}
