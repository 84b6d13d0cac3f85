package dev.wonflow.work;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** An alarm in real time. */
public final class SystemAlarm implements Alarm {

    /** Longer than anybody sleeps, and far from where nanoseconds overflow. */
    private static final Duration NEVER = Duration.ofDays(365);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private long dueAt = System.nanoTime() + NEVER.toNanos();

    @Override
    public void set(Duration delay) {
        if (delay.compareTo(NEVER) >= 0) {
            return;
        }
        // Rounded up: who wakes a moment too early finds nothing due.
        long at = System.nanoTime() + (Math.max(0, delay.toMillis()) + 1) * 1_000_000;
        lock.lock();
        try {
            if (at - dueAt < 0) {
                dueAt = at;
                earlier.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await(Duration shortest, Duration longest) throws InterruptedException {
        long now = System.nanoTime();
        long notBefore = now + shortest.toNanos();
        long notAfter = now + longest.toNanos();
        lock.lockInterruptibly();
        try {
            for (long left = until(notBefore, notAfter); left > 0; left = until(notBefore, notAfter)) {
                var _ = earlier.awaitNanos(left);
            }
            // A woken worker looks for everything due; what is set from here on counts for the next sleep.
            dueAt = System.nanoTime() + NEVER.toNanos();
        } finally {
            lock.unlock();
        }
    }

    private long until(long notBefore, long notAfter) {
        long now = System.nanoTime();
        return Math.max(notBefore - now, Math.min(notAfter - now, dueAt - now));
    }
}
