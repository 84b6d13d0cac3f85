package dev.wonflow.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port behind which nobody answers, until it is opened towards a server. */
final class TcpGate implements AutoCloseable {

    private final ServerSocket door;
    private final AtomicInteger connections = new AtomicInteger();

    private TcpGate(ServerSocket door, String server) {
        this.door = door;
        String[] address = server.split(":", 2);
        Thread.ofVirtual().start(() -> accept(address[0], Integer.parseInt(address[1])));
    }

    /** A port that was free a moment ago. */
    static Closed closed() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Closed(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void accept(String host, int port) {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(host, port);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> carry(client, server));
                Thread.ofVirtual().start(() -> carry(server, client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side hung up, so the other does too.
        }
    }

    /** A gate not opened yet. */
    record Closed(int port) {

        TcpGate open(String server) throws IOException {
            return new TcpGate(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), server);
        }
    }
}
