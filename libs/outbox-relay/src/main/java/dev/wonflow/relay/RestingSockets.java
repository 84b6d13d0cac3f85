package dev.wonflow.relay;

import dev.wonflow.runtime.DriverSockets;
import java.io.IOException;
import java.net.Socket;

/** Sockets for the driver in the engine; TLS, if any, is layered over them. */
public final class RestingSockets extends DriverSockets {

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
