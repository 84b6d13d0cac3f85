package dev.wonflow.sandbox.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Every call passes it, many at a time; while it is closed none does, so that the books can be copied or put back
 * between two calls and never in the middle of one.
 */
@Component
public class Gate {

    private final ReentrantLock lock = new ReentrantLock();

    /** The last call inside has left. */
    private final Condition emptied = lock.newCondition();

    private final Condition opened = lock.newCondition();

    /** The era in which the call of this thread began; set while it is inside. */
    private final ThreadLocal<@Nullable Long> entered = new ThreadLocal<>();

    /** Calls under way. Guarded by the lock. */
    private int inside;

    /** Guarded by the lock. */
    private boolean closed;

    /** How often the books were put back. */
    private volatile long era;

    /** Begins a call on this thread; it must leave again. */
    public void enter() {
        goIn();
        entered.set(era);
    }

    private void goIn() {
        lock.lock();
        try {
            while (closed) {
                opened.awaitUninterruptibly();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    public void leave() {
        entered.remove();
        goOut();
    }

    private void goOut() {
        lock.lock();
        try {
            inside--;
            if (inside == 0) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a call wait without keeping the gate from being closed. Whatever waits for the schedule must wait like this:
     * who closes the gate holds the schedule.
     *
     * @return whether the books are the ones they were; otherwise the call belongs to no time any more
     */
    public boolean waitOutside(CompletableFuture<?> event) {
        if (entered.get() == null) {
            event.join();
            return true;
        }
        goOut();
        try {
            event.join();
        } finally {
            goIn();
        }
        return !isOutOfTime();
    }

    /** Whether the books were put back since the call of this thread began, so that it belongs to no time any more. */
    public boolean isOutOfTime() {
        Long began = entered.get();
        return began != null && began != era;
    }

    /** Waits until no call is under way, without keeping any out. Another may have begun when this returns. */
    void awaitQuiet(Duration longest) {
        lock.lock();
        try {
            awaitEmpty(longest);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something while no call is under way; those that come meanwhile wait.
     *
     * @param longest for how long to wait for the calls under way; all others wait just as long
     * @return whether it was done; not if a call took longer
     */
    boolean closed(Duration longest, Runnable work) {
        lock.lock();
        try {
            while (closed) {
                opened.awaitUninterruptibly();
            }
            closed = true;
            try {
                if (!awaitEmpty(longest)) {
                    return false;
                }
                work.run();
                return true;
            } finally {
                closed = false;
                opened.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitEmpty(Duration longest) {
        long left = longest.toNanos();
        try {
            while (inside > 0 && left > 0) {
                left = emptied.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("books: interrupted while they were in use", e);
        }
        return inside == 0;
    }

    /** Says, while it is closed, that the books are others from now on. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock only.
    void startEra() {
        era++;
    }
}
