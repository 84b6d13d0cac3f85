package dev.wonflow.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket whose longer limits a {@link ReadWatch} keeps. A read that lasts longer ends as any read whose time is over,
 * up to a second late, and the socket is closed then; shorter limits are kept by the socket itself, which stays open.
 */
final class PatientSocket extends Socket {

    /** Shorter ones have to be kept to the millisecond: the pool looks with them whether a connection still lives. */
    private static final Duration SHORTEST_WATCHED = Duration.ofSeconds(1);

    private static final long NONE = Long.MIN_VALUE;

    private final ReadWatch watch;
    private volatile int watchedMillis;
    private volatile long deadline = NONE;
    private volatile boolean givenUp;

    PatientSocket(ReadWatch watch) {
        this.watch = watch;
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        boolean watched = millis >= SHORTEST_WATCHED.toMillis();
        super.setSoTimeout(watched ? 0 : millis);
        watchedMillis = watched ? millis : 0;
        if (watched) {
            watch.add(this);
        }
    }

    @Override
    public int getSoTimeout() throws SocketException {
        int own = super.getSoTimeout();
        return watchedMillis > 0 ? watchedMillis : own;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Watched(super.getInputStream());
    }

    @Override
    public void close() throws IOException {
        watch.remove(this);
        super.close();
    }

    /** Whether a read has been waiting for longer than it may. */
    boolean isOverdue(long nanoTime) {
        long end = deadline;
        return end != NONE && nanoTime - end > 0;
    }

    /**
     * Ends the read that waits, unless something has come that it is about to get: a virtual machine that stood still
     * sees first how late it is.
     */
    void giveUp() throws IOException {
        if (super.getInputStream().available() == 0) {
            givenUp = true;
            close();
        }
    }

    private final class Watched extends InputStream {

        private final InputStream in;

        Watched(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int limit = watchedMillis;
            if (limit == 0) {
                return in.read(bytes, offset, length);
            }
            deadline = System.nanoTime() + Duration.ofMillis(limit).toNanos();
            try {
                return in.read(bytes, offset, length);
            } catch (SocketException e) {
                throw givenUp ? (IOException) timedOut(limit, e) : e;
            } finally {
                deadline = NONE;
            }
        }

        private static SocketTimeoutException timedOut(int limit, SocketException cause) {
            var timedOut = new SocketTimeoutException("nothing came within " + limit + " ms");
            timedOut.initCause(cause);
            return timedOut;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
