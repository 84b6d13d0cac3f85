package dev.wonflow.testsupport.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A port behind which nobody answers, until it is opened towards a server; and again while it holds back. */
public final class TcpGate implements AutoCloseable {

    private static final int CHUNK = 8_192;

    private final ServerSocket door;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile CountDownLatch passage = new CountDownLatch(0);

    private TcpGate(ServerSocket door, String server) {
        this.door = door;
        String[] address = server.split(":", 2);
        Thread.ofVirtual().start(() -> accept(address[0], Integer.parseInt(address[1])));
    }

    /** A port that was free a moment ago. */
    public static Closed closed() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Closed(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int connections() {
        return connections.get();
    }

    /** From now on connections stay open, and new ones are accepted, and nothing comes through. */
    public void hold() {
        passage = new CountDownLatch(1);
    }

    /** Lets through what was held back, and all that comes. */
    public void release() {
        passage.countDown();
    }

    @Override
    public void close() throws IOException {
        door.close();
        release();
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

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                passage.await();
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // One side hung up, so the other does too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A gate not opened yet.
     *
     * @param port on loopback
     */
    public record Closed(int port) {

        /**
         * Opens it.
         *
         * @param server host and port
         */
        public TcpGate open(String server) throws IOException {
            return new TcpGate(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), server);
        }
    }
}
