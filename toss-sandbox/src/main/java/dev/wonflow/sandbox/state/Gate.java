package dev.wonflow.sandbox.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.springframework.stereotype.Component;

/**
 * Every call passes it, many at a time; while it is closed none does, so that the books can be copied or put back
 * between two calls and never in the middle of one.
 */
@Component
public class Gate {

    /** Longest to wait for the calls under way, in real time; a call that takes longer waits outside the gate. */
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** How often the books were put back. */
    private volatile long era;

    /** Begins a call on this thread; it must leave again. */
    public void enter() {
        lock.readLock().lock();
    }

    public void leave() {
        lock.readLock().unlock();
    }

    /**
     * Lets a call wait without keeping the gate from being closed.
     *
     * @return whether the books are the ones they were; otherwise the call belongs to no time any more
     */
    public boolean waitOutside(CompletableFuture<?> event) {
        if (lock.getReadHoldCount() == 0) {
            event.join();
            return true;
        }
        long before = era;
        leave();
        try {
            event.join();
        } finally {
            enter();
        }
        return era == before;
    }

    /**
     * Does something while no call is under way.
     *
     * @throws IllegalStateException if the calls under way do not end
     */
    void closed(Runnable work) {
        try {
            if (!lock.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "books: in use for " + PATIENCE_SECONDS + " seconds (expected: that calls end)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("books: interrupted while they were in use", e);
        }
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Says, while it is closed, that the books are others from now on. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock only.
    void startEra() {
        era++;
    }
}
