package dev.wonflow.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket at which a read with the shortest time limit rests.
 *
 * <p>PostgreSQL's driver asks whether a message has come by a read limited to one millisecond, and the engine asks all
 * the time. Here such a look goes on until something comes, or {@link Rest} says that there is something else to do, or
 * has lasted long enough. Reads with any other limit, or none, are what they always are. One thread reads at a time and
 * one writes, as with the driver.
 *
 * <p>Unlike a blocking channel it stays open when a thread that uses it is interrupted; the engine interrupts threads
 * to stop them, and still says goodbye to the server afterwards.
 */
final class RestingChannel extends SocketImpl {

    /** The driver's time limit for a look; its settings, in whole seconds, cannot mean it. */
    private static final int LOOK_MILLIS = 1;

    /** The engine writes a position at once; if it does not, it had nothing to write. */
    private static final Duration WRITE_LIMIT = Duration.ofMillis(500);

    private final Rest rest;
    private final SocketChannel channel;
    private final Selector selector;
    private volatile int timeoutMillis;
    private volatile boolean writeExpected;
    private volatile long writeExpectedUntil;
    private boolean quiet;

    RestingChannel(Rest rest) throws IOException {
        this.rest = rest;
        this.channel = SocketChannel.open();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        rest.add(this);
    }

    /** Ends the look that goes on, or the next one. */
    void wake() {
        selector.wakeup();
    }

    /** Keeps looks from lasting until something is written. */
    void expectWrite() {
        writeExpectedUntil = System.nanoTime() + WRITE_LIMIT.toNanos();
        writeExpected = true;
        wake();
    }

    @Override
    protected void connect(SocketAddress to, int timeoutMillis) throws IOException {
        channel.socket().connect(to, timeoutMillis);
        address = channel.socket().getInetAddress();
        port = channel.socket().getPort();
        localport = channel.socket().getLocalPort();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    protected void connect(InetAddress host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        channel.bind(new InetSocketAddress(host, port));
        localport = channel.socket().getLocalPort();
    }

    private int read(ByteBuffer into) throws IOException {
        try {
            int timeout = timeoutMillis;
            return timeout == LOOK_MILLIS ? look(into) : await(into, timeout);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException | ClosedSelectorException e) {
            throw broken(e);
        }
    }

    private int look(ByteBuffer into) throws IOException {
        int count = tryRead(into);
        if (count == 0) {
            long limit = lookNanos();
            long start = System.nanoTime();
            if (limit > 0) {
                select(limit);
                count = tryRead(into);
            }
            if (count == 0) {
                quiet |= System.nanoTime() - start >= rest.untilQuiet().toNanos();
                throw new NothingCame();
            }
        }
        quiet = false;
        return count;
    }

    private long lookNanos() {
        if (writeExpected && writeExpectedUntil - System.nanoTime() > 0) {
            return 0;
        }
        if (rest.isRestless()) {
            return TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        }
        return (quiet ? rest.longest() : rest.untilQuiet()).toNanos();
    }

    private int await(ByteBuffer into, int timeoutMillis) throws IOException {
        long limit = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        long start = System.nanoTime();
        int count = tryRead(into);
        while (count == 0) {
            long left = limit == 0 ? Long.MAX_VALUE : limit - (System.nanoTime() - start);
            if (left <= 0) {
                throw new SocketTimeoutException("nothing came within " + timeoutMillis + " ms");
            }
            select(left);
            count = tryRead(into);
        }
        return count;
    }

    private int tryRead(ByteBuffer into) throws IOException {
        int count = channel.read(into);
        if (count < 0) {
            rest.alarm();
        }
        return count;
    }

    /** An interrupted thread waits like any other and stays interrupted; only the interrupt itself ends the wait. */
    private void select(long nanos) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
            selector.select(_ -> {}, nanos == Long.MAX_VALUE ? 0 : millis);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(ByteBuffer from) throws IOException {
        try {
            while (from.hasRemaining()) {
                if (channel.write(from) == 0) {
                    awaitRoom();
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            throw broken(e);
        } finally {
            writeExpected = false;
        }
    }

    private void awaitRoom() throws IOException {
        boolean interrupted = Thread.interrupted();
        try (Selector room = Selector.open()) {
            channel.register(room, SelectionKey.OP_WRITE);
            room.select();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The exception a plain socket throws, which driver and TLS tell from others. */
    private SocketException broken(Exception cause) {
        rest.alarm();
        return asSocketException(cause);
    }

    private static SocketException asSocketException(Exception e) {
        if (e instanceof SocketException socket) {
            return socket;
        }
        boolean closed = e instanceof ClosedChannelException || e instanceof ClosedSelectorException;
        SocketException exception = new SocketException(closed ? "Socket closed" : e.getMessage());
        exception.initCause(e);
        return exception;
    }

    @Override
    protected InputStream getInputStream() {
        return new Input();
    }

    @Override
    protected OutputStream getOutputStream() {
        return new Output();
    }

    /** Nobody knows before the read, which does not wait if there is something. */
    @Override
    protected int available() {
        return 0;
    }

    /** Closes the channel first: what waits for it then wakes up to find it closed. */
    @Override
    protected void close() throws IOException {
        rest.remove(this);
        try (selector) {
            channel.close();
        }
    }

    @Override
    protected void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void setOption(int option, Object value) throws SocketException {
        try {
            switch (option) {
                case SocketOptions.SO_TIMEOUT -> timeoutMillis = (Integer) value;
                case SocketOptions.TCP_NODELAY -> channel.setOption(StandardSocketOptions.TCP_NODELAY, (Boolean) value);
                case SocketOptions.SO_KEEPALIVE ->
                    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, (Boolean) value);
                case SocketOptions.SO_SNDBUF -> channel.setOption(StandardSocketOptions.SO_SNDBUF, (Integer) value);
                case SocketOptions.SO_RCVBUF -> channel.setOption(StandardSocketOptions.SO_RCVBUF, (Integer) value);
                case SocketOptions.SO_REUSEADDR ->
                    channel.setOption(StandardSocketOptions.SO_REUSEADDR, (Boolean) value);
                case SocketOptions.SO_LINGER ->
                    channel.setOption(
                            StandardSocketOptions.SO_LINGER,
                            value instanceof Integer seconds ? seconds : Integer.valueOf(-1));
                default -> throw unknown(option);
            }
        } catch (IOException e) {
            throw asSocketException(e);
        }
    }

    @Override
    public Object getOption(int option) throws SocketException {
        try {
            return switch (option) {
                case SocketOptions.SO_TIMEOUT -> timeoutMillis;
                case SocketOptions.TCP_NODELAY -> channel.getOption(StandardSocketOptions.TCP_NODELAY);
                case SocketOptions.SO_KEEPALIVE -> channel.getOption(StandardSocketOptions.SO_KEEPALIVE);
                case SocketOptions.SO_SNDBUF -> channel.getOption(StandardSocketOptions.SO_SNDBUF);
                case SocketOptions.SO_RCVBUF -> channel.getOption(StandardSocketOptions.SO_RCVBUF);
                case SocketOptions.SO_REUSEADDR -> channel.getOption(StandardSocketOptions.SO_REUSEADDR);
                case SocketOptions.SO_LINGER -> channel.getOption(StandardSocketOptions.SO_LINGER);
                case SocketOptions.SO_BINDADDR -> channel.socket().getLocalAddress();
                default -> throw unknown(option);
            };
        } catch (IOException e) {
            throw asSocketException(e);
        }
    }

    @Override
    protected <T> void setOption(SocketOption<T> option, T value) throws IOException {
        channel.setOption(option, value);
    }

    @Override
    protected <T> T getOption(SocketOption<T> option) throws IOException {
        return channel.getOption(option);
    }

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    private static SocketException unknown(int option) {
        return new SocketException("socket option: " + option + " (expected: one of a connection)");
    }

    /** Open from the beginning. */
    @Override
    protected void create(boolean stream) {
        // Nothing to do.
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new SocketException("listen: not here (expected: a connection to a server)");
    }

    @Override
    protected void accept(@Nullable SocketImpl socket) throws IOException {
        throw new SocketException("accept: not here (expected: a connection to a server)");
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        throw new SocketException("urgent data: not here (expected: none)");
    }

    /** What the server sends. */
    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : RestingChannel.this.read(ByteBuffer.wrap(into, offset, length));
        }
    }

    /** What the server gets. */
    private final class Output extends OutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            RestingChannel.this.write(ByteBuffer.wrap(from, offset, length));
        }
    }

    /** The usual end of a look; nobody ever sees where it happened. */
    private static final class NothingCame extends SocketTimeoutException {

        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
